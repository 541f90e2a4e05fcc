/** Units as CloudWatch names them, by the end of a metric's name. */
const unitOf = (name: string): string => (name.endsWith('Ms') ? 'Milliseconds' : 'Count');

export const metricNamespace = 'Dateline';

/**
 * Writes metrics of this function as a log line that CloudWatch reads them from: no request, and nothing to pay while there
 * is nothing to tell (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
export function putMetrics(values: Readonly<Record<string, readonly number[]>>): void {
  const FunctionName = process.env.AWS_LAMBDA_FUNCTION_NAME;
  // On a laptop nobody counts.
  if (!FunctionName) return;
  const told = Object.entries(values).filter(([, list]) => list.length > 0);
  // A line may have a hundred values of a metric.
  const longest = Math.max(0, ...told.map(([, list]) => list.length));
  for (let start = 0; start < longest; start += 100) {
    const part = told
      .map(([name, list]) => [name, list.slice(start, start + 100)] as const)
      .filter(([, list]) => list.length > 0);
    process.stdout.write(
      `${JSON.stringify({
        _aws: {
          Timestamp: Date.now(),
          CloudWatchMetrics: [
            {
              Namespace: metricNamespace,
              Dimensions: [['FunctionName']],
              Metrics: part.map(([Name]) => ({ Name, Unit: unitOf(Name) })),
            },
          ],
        },
        FunctionName,
        ...Object.fromEntries(part),
      })}\n`,
    );
  }
}
