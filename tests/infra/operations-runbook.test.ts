import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { routes } from '../../contract/routes/index.ts';
import { alarmRows } from '../../infra/operations/alarm-rows.ts';
import { queries } from '../../infra/operations/queries.ts';
import { stages } from '../../infra/stages.ts';
import { duePartition, sectionSweepKey, storySweepKey } from '../../store/keys.ts';
import { keys, tables } from '../../store/tables.ts';
import { synthesize } from './synthesized.ts';

const { stack, resources, template, logicalId, all } = synthesize({ settings: stages.prod });
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const anchors = headings(runbook).map(anchorOf);
const rows = alarmRows({ ...stack, settings: stages.prod });

describe('the runbook', () => {
  test('has a section for each alarm, which says what is lost, where to look, why, and when it is over', () => {
    for (const { runbook: anchor } of rows) {
      const section = runbook.split(`\n### ${anchor}\n`)[1]?.split(/\n##/)[0] ?? '';
      expect(anchors).toContain(anchor);
      expect({ anchor, section }).toEqual({
        anchor,
        section: expect.stringMatching(/\*\*Lost\.\*\*[\s\S]*\*\*Look first\.\*\*/),
      });
      expect(section).toMatch(/\*\*(Over|Do\.)/);
    }
  });

  test('has each query word for word, so that it works where none is saved', () => {
    for (const { question, text } of queries)
      expect(runbook.split(`\n### ${question}\n`)[1]?.split('\n#')[0]).toContain(`\n\`\`\`\n${text}\n\`\`\`\n`);
  });

  test('leads nowhere that is not there', () => {
    const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(links.filter((anchor) => !anchors.includes(anchor ?? ''))).toEqual([]);
    expect(new Set(anchors).size).toBe(anchors.length);
  });

  test('names outputs that the stack has', () => {
    const named = [...runbook.matchAll(/\boutput ([A-Z]\w+)/g)].map(([, name]) => name);
    const { Outputs } = template.toJSON();
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !Object.hasOwn(Outputs, name ?? ''))).toEqual([]);
  });

  test('finds exactly one resource by what it asks for', () => {
    const inLoops = [...runbook.matchAll(/for f in ([A-Za-z ]+); do/g)].flatMap(([, names = '']) => names.split(' '));
    const asked = [
      ...[...runbook.matchAll(/\bresource (AWS::[\w:]+)(?: (\w+))?\)/g)].map(([, type = '', name = '']) => [
        type,
        name,
      ]),
      ...[...inLoops, 'ReadArticles'].map((name) => ['AWS::Lambda::Function', `Functions${name}`]),
    ];
    expect(asked.length).toBeGreaterThan(15);
    // Of log groups all are asked for.
    for (const [type = '', name = ''] of asked.filter(([type]) => type !== 'AWS::Logs::LogGroup')) {
      const found = all(type).filter(([id]) => id.startsWith(name));
      expect({ type, name, found: found.length }).toEqual({ type, name, found: 1 });
    }
  });

  test('stops every function that changes something when it closes the newsroom', () => {
    const writing = Object.values(routes).filter(
      ({ method, permission }) => permission !== 'public' && method !== 'GET',
    );
    // The clock publishes and takes down without being asked.
    const expected = [...writing.map((route) => route.function), 'run-due'].map((id) =>
      id.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase()),
    );
    const loops = [...runbook.matchAll(/for f in ([A-Za-z ]+); do/g)];
    expect(loops).toHaveLength(2);
    for (const [, names] of loops) expect(names?.split(' ').sort()).toEqual([...new Set(expected)].sort());
    expect(runbook).toContain(`all ${['twelve', 'thirteen', 'fourteen'][new Set(expected).size - 12]} say 0`);
  });

  test('spells keys and settings as the store does', () => {
    expect(runbook).toContain(`AttributeName=${keys.expires}`);
    const contentTable = resources[logicalId(stack.tables.content)]?.Properties;
    expect(runbook).toContain(`StreamViewType=${contentTable?.StreamSpecification.StreamViewType}`);
    const inShell = (text: string) => text.replaceAll('"', '\\"');
    for (const { pk, sk } of [storySweepKey('$ID'), sectionSweepKey('$SECTION')])
      expect(runbook).toContain(inShell(`{"pk":{"S":"${pk}"},"sk":{"S":"${sk}"}}`));
    const { partitionKey, sortKey } = tables.editorial.indexes.due;
    expect(runbook).toContain(`'${partitionKey} = :due AND ${sortKey} <= :now'`);
    expect(runbook).toContain(inShell(`":due":{"S":"${duePartition}"}`));
  });
});

/** Headings outside of code, in whose shells a line may begin with `#`. */
function headings(markdown: string): string[] {
  const text = markdown.replace(/^ *```[\s\S]*?^ *```$/gm, '');
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading ?? '');
}

/** As GitHub makes it: lower case, without punctuation, hyphens for spaces. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
