import type { Aws } from './aws.ts';
import type { Stage } from './stage.ts';

type LogEvents = { events: { timestamp: number; message: string }[] };

/** Lines that a function wrote as JSON, oldest first. */
export async function linesIn<Line extends object>(aws: Aws, group: string): Promise<Line[]> {
  const { events } = await aws.json<LogEvents>('logs', 'Logs_20140328.FilterLogEvents', {
    logGroupName: group,
    limit: 10_000,
  });
  const lines = events.map(({ message }) => message.trim()).filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Line);
}

/** What the stage's functions logged as errors: the replies that callers get name none. */
export async function errorsLogged(stage: Stage): Promise<string[]> {
  const groups = stage.resources('AWS::Logs::LogGroup', 'Functions');
  const logs = await Promise.all(
    groups.map((group) => linesIn<{ level?: string; timestamp?: string }>(stage.aws, group).catch(() => [])),
  );
  return logs
    .flat()
    .filter(({ level }) => level === 'error')
    .sort((one, other) => ((one.timestamp ?? '') < (other.timestamp ?? '') ? -1 : 1))
    .map((line) => JSON.stringify(line));
}
