type Line = Readonly<Record<string, string | number | boolean | undefined>>;

/** One JSON line on standard output, which is how CloudWatch Logs takes it. Never a body, never a token. */
export function log(level: 'info' | 'warn' | 'error', message: string, line: Line): void {
  process.stdout.write(`${JSON.stringify({ level, timestamp: new Date().toISOString(), message, ...line })}\n`);
}

/** An error with its stack and what caused it, for the log only. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${explain(error.cause)}`;
  return `${error.stack ?? error.message}${reasonsOf(error)}${cause}`;
}

/** Why a transaction was cancelled, action by action. The items that come with the reasons are left out: they are text. */
function reasonsOf(error: Error & { CancellationReasons?: { Code?: string; Message?: string }[] }): string {
  const reasons = error.CancellationReasons?.flatMap(({ Code, Message }, index) =>
    Code && Code !== 'None' ? [`${index}: ${Code} ${Message ?? ''}`.trim()] : [],
  );
  return reasons ? `\nreasons ${reasons.join('; ')}` : '';
}
