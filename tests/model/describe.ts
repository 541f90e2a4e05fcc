import { clock, day, hour, minute, second } from './clock.ts';
import type { Patch, Publishing, Request } from './requests.ts';
import { articleIn } from './requests.ts';
import { readable } from './words.ts';

/** What somebody asks for, as one would tell it at the desk. */
export function describe(request: Request): string {
  const { who, key } = request;
  const article = articleIn(request);
  const seen = article && 'basedOn' in request && request.basedOn !== article.version;
  const stale = seen ? `, having seen version ${request.basedOn} of ${article.version}` : '';
  const keyed = key ? `, with the key ${key}` : '';
  return readable(`${who.name} (${who.role}) ${deed(request)}${stale}${keyed}`);
}

function deed(request: Request): string {
  const name = articleIn(request)?.name ?? '';
  switch (request.act) {
    case 'create':
      return `creates an article: ${patchWords(request.patch)}`;
    case 'update':
      return `updates ${name}: ${patchWords(request.patch)}`;
    case 'revert':
      return `reverts ${name} to revision ${request.revision}`;
    case 'submit':
    case 'return':
    case 'approve':
      return `${verbs[request.act]} ${name}${request.note ? '' : ' without a note'}`;
    case 'schedule':
      return `schedules ${name}${times(request)}${terms(request)}`;
    case 'publish':
      return `publishes ${name}${terms(request)}`;
    case 'kill':
      return `kills ${name}, ${request.keepHeadline ? 'keeping' : 'without'} its headline`;
    case 'lock':
      return `locks ${name} for ${request.minutes} min`;
    case 'nameSection':
      return `${request.basedOn === null ? 'adds' : 'renames'} the section ${request.section}: “${request.name}”`;
    case 'mergeSection':
      return `merges the section ${request.section} into ${request.into}`;
    case 'deleteSection':
      return `deletes the section ${request.section}`;
    default:
      return `${verbs[request.act]} ${name}`;
  }
}

const verbs = {
  submit: 'submits',
  return: 'returns',
  approve: 'approves',
  unschedule: 'unschedules',
  unpublish: 'unpublishes',
  trash: 'trashes',
  restore: 'restores',
  purge: 'purges',
  unlock: 'unlocks',
} as const;

function patchWords(patch: Patch): string {
  const fields = Object.entries(patch).map(([field, value]) => `${field} ${fieldWords(field, value)}`);
  return fields.join(', ') || 'nothing';
}

function fieldWords(field: string, value: unknown): string {
  if (field === 'embargoUntil' && typeof value === 'string') return fromNow(Date.parse(value));
  if (Array.isArray(value)) return field === 'related' ? `${value.length} stories` : `[${value.join(', ')}]`;
  return value === null ? 'none' : `“${value}”`;
}

function terms({ kind, note, bump }: Publishing): string {
  return `${kind ? ` as ${kind}` : ''}${note ? ' with a note' : ''}${bump ? ', bumped to the top' : ''}`;
}

function times({ publishAt, unpublishAt }: { publishAt: number | undefined; unpublishAt: number | null | undefined }) {
  const end =
    unpublishAt === null ? ' with no end' : unpublishAt === undefined ? '' : ` to end ${fromNow(unpublishAt)}`;
  return `${publishAt === undefined ? '' : ` for ${fromNow(publishAt)}`}${end}`;
}

const units = [
  [day, 'd'],
  [hour, 'h'],
  [minute, 'min'],
  [second, 's'],
  [1, 'ms'],
] as const;

/** `in 10 min`, `1 h ago`. */
function fromNow(at: number): string {
  const ahead = at - clock.now();
  return ahead < 0 ? `${span(-ahead)} ago` : `in ${span(ahead)}`;
}

export function span(milliseconds: number): string {
  const [unit, name] = units.find(([size]) => milliseconds >= size) ?? [1, 'ms'];
  return `${Math.round((milliseconds / unit) * 10) / 10} ${name}`;
}
