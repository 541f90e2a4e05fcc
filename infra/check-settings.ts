import { fieldErrors } from '../contract/field-errors.ts';
import { SetupError } from './setup-error.ts';
import { type StageSettings, stageSettingsSchema } from './stage-settings.ts';

/**
 * The settings, once they are known to be in order.
 * @throws SetupError that names every setting that is wrong or missing, and what is allowed.
 */
export function checkedSettings(stage: string, settings: unknown): StageSettings {
  const result = stageSettingsSchema.safeParse(settings);
  if (!result.success)
    throw wrongSettings(
      stage,
      fieldErrors(result.error, settings).map(({ pointer, detail }) => `${dotted(pointer)} ${detail}`),
    );
  const contradictions = contradictionsIn(result.data);
  if (contradictions.length > 0) throw wrongSettings(stage, contradictions);
  return result.data;
}

/** Settings that are right by themselves and wrong together. */
function contradictionsIn(settings: StageSettings): string[] {
  return [...edgeContradictions(settings), ...otherContradictions(settings)];
}

function edgeContradictions({ region, edge, leavesOut }: StageSettings): string[] {
  const found: string[] = [];
  const { firewall, keys } = edge;
  if (firewall && 'requestsPerAddress' in firewall && region !== 'us-east-1')
    found.push(
      'edge.firewall must be {webAclArn} unless region is us-east-1: the web ACLs of CloudFront live there and nowhere else',
    );
  if (keys && keys.accepted.length > 0 && !keys.accepted.includes(keys.sent))
    found.push(
      `edge.keys.accepted must have ${keys.sent}, which CloudFront sends: the functions would refuse every request`,
    );
  if (leavesOut.includes('edge') && Object.keys(edge).length > 0)
    found.push('edge must be {} where leavesOut has edge: there is none to set up');
  return found;
}

/** An authorizer takes 50 audiences, and people sign in through one: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const mostMachines = 49;

function otherContradictions({ region, concurrency, leavesOut, machines, existingTables }: StageSettings): string[] {
  const found: string[] = [];
  const { reserved, provisioned } = concurrency;
  for (const [id, instances] of Object.entries(provisioned))
    if (reserved[id] !== undefined && reserved[id] < instances)
      found.push(`concurrency.provisioned.${id} must be at most what is reserved for it, which is ${reserved[id]}`);
  const named = Object.keys(machines).length;
  if (leavesOut.includes('machineTokens') && named > 0)
    found.push('machines must be {} where leavesOut has machineTokens: there is nothing to give them tokens');
  if (named > mostMachines) found.push(`machines may have at most ${mostMachines} entries`);
  if (existingTables && existingTables.editorial === existingTables.content)
    found.push('existingTables must name two tables: what is public has one of its own');
  if (existingTables && !existingTables.contentStreamArn.includes(`:table/${existingTables.content}/stream/`))
    found.push(`existingTables.contentStreamArn must be of the table ${existingTables.content}`);
  if (existingTables && region && existingTables.contentStreamArn.split(':')[3] !== region)
    found.push(`existingTables.contentStreamArn must be of ${region}, where the stage is`);
  return found;
}

function wrongSettings(stage: string, problems: readonly string[]): SetupError {
  const lines = problems.map((problem) => `  ${problem}.`).join('\n');
  return new SetupError(
    `The settings of the stage ${stage} are not in order:\n${lines}\nMend them in infra/stages.ts.`,
  );
}

/** A JSON pointer as one would write it in TypeScript: `throttle.content.rateLimit`. */
function dotted(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.') || 'the stage';
}

/** Settings that still say example.com, which is nobody's: what comes with the project and has to be replaced. */
export function placeholdersIn(settings: unknown, path = ''): string[] {
  if (typeof settings === 'string') return /\bexample\.(com|org|net)\b/.test(settings) ? [path] : [];
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).flatMap(([name, value]) => placeholdersIn(value, path ? `${path}.${name}` : name));
}
