import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { type EnvironmentVariable, environmentVariables } from '../../contract/environment.ts';
import { handler as runDue } from '../../functions/run-due/handler.ts';
import { createTables } from '../../local/create-tables.ts';
import { type Desk, siteUrlTemplate } from '../support/desk.ts';
import type { TestEngine } from '../support/engine.ts';
import { follow, newPartner, type Partner } from './change-log.ts';
import { forgetFound } from './check-content.ts';
import { clock } from './clock.ts';
import { countsOf } from './counts.ts';
import { emptyWorld, type World } from './model.ts';
import type { Stream } from './reactions.ts';
import { readerOf } from './reader.ts';
import type { Request } from './requests.ts';
import { forgetItems, readTables, type Tables } from './tables.ts';
import { forgetTokens } from './words.ts';

/** The real thing and the model of it, side by side, for one sequence of steps. */
export type Newsroom = {
  /** How many there were before it, and one. */
  number: number;
  call: Desk['call'];
  world: World;
  /** Its tables are deleted. */
  close: () => Promise<void>;
  /** Both tables, as they are now. */
  look: () => Promise<Tables>;
  /** As they were after the last step. */
  tables: Tables;
  /** What each revision looked like when it was first seen. */
  revisions: Map<string, string>;
  /** Requests with a key, the last one last. */
  keyed: Request[];
  /** Versions that readers came across, and where, by the ids of their articles. */
  bookmarks: Map<string, { slug: string; ids: string[] }>;
  /** Those who follow the change log. */
  partners: Partner[];
  stream: Stream;
  /** What was done so far, in words. */
  story: string[];
};

let opened = 0;

/** Two tables of its own, in an engine that many share. */
export async function openNewsroom(engine: TestEngine, call: Desk['call'], fourEyes: boolean): Promise<Newsroom> {
  opened += 1;
  const names = { editorial: `${engine.editorialTable}-${opened}`, content: `${engine.contentTable}-${opened}` };
  await createTables(engine.endpoint, names, { streamed: false });
  const settings: Partial<Record<EnvironmentVariable, string>> = {
    editorialTable: names.editorial,
    contentTable: names.content,
    siteUrlTemplate,
    fourEyes: String(fourEyes),
  };
  for (const [name, value] of Object.entries(settings))
    process.env[environmentVariables[name as EnvironmentVariable]] = value;
  clock.goOnToFullHour();
  forgetItems();
  forgetFound();
  forgetTokens();
  const look = () => readTables(engine, names);
  const world = emptyWorld(fourEyes);
  const close = async () => {
    for (const TableName of Object.values(names)) await engine.client.send(new DeleteTableCommand({ TableName }));
  };
  const stream: Stream = { waiting: [], told: [], counts: countsOf(world) };
  const kept = { revisions: new Map(), keyed: [], bookmarks: new Map(), partners: [], stream, story: [] };
  for (const slug of ['world', 'metro']) await addSection({ call, world }, slug);
  const newsroom: Newsroom = { number: opened, call, world, look, close, ...kept, tables: await look() };
  const partner = newPartner();
  newsroom.partners.push(partner);
  // From the first, when there is nothing.
  await follow(readerOf(newsroom, 0, false), partner);
  return newsroom;
}

async function addSection({ call, world }: Pick<Newsroom, 'call' | 'world'>, slug: string): Promise<void> {
  const name = `${slug} one`;
  const headers = { 'if-none-match': '*' };
  const { status } = await call('putSection', { role: 'admin', path: { section: slug }, headers, body: { name } });
  if (status !== 200) throw new Error(`The section ${slug} could not be added: ${status}`);
  world.sections.set(slug, { slug, name, version: 1, mergedInto: null, updatedBy: 'sub-ana' });
}

/** One run of the clock. */
export async function runClock(): Promise<Record<string, number>> {
  return await runDue({}, { awsRequestId: 'clock', getRemainingTimeInMillis: () => 55_000 });
}

/** Log lines that tell of an error, since this was called last; none of them is shown. */
export function watchLog(): { errors: () => string[]; stop: () => void } {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  let errors: string[] = [];
  stdout.write = ((text: string, ...more: never[]) => {
    if (!/^\{"(level|_aws)"/.test(text)) return write(text, ...more);
    if (text.startsWith('{"level":"error"')) errors.push(text.trim());
    return true;
  }) as typeof stdout.write;
  return {
    errors() {
      const seen = errors;
      errors = [];
      return seen;
    },
    stop() {
      stdout.write = write;
    },
  };
}

/** The number of the next step in the story. */
export const numbered = (story: readonly string[]): string =>
  `${String(story.filter((line) => /^ *\d+\./.test(line)).length + 1).padStart(3)}.`;
