import { describe, expect, test } from '@jest/globals';
import { type ArticleAction, articleActions } from '../../contract/article-actions.ts';
import { type Role, roles } from '../../contract/roles.ts';
import { type Stage, stages } from '../../contract/stages.ts';
import { allowedActions, lifecycle, nextStage, publicStatesAt } from '../../domain/article/lifecycle.ts';
import { publicState, type WorkingCopy } from '../../domain/article/working-copy.ts';
import { as, at, draft, edited, outcome, perform, published, scheduled, through } from './article-states.ts';

const live = published();
const ending = scheduled(live, { unpublishAt: at('20:00') });
const withdrawn = through(live, 'unpublish');

/** Every state that an article can be in, and how an error names it. */
const states: Record<string, [copy: WorkingCopy, named: string]> = {
  'draft           none': [draft(), 'a draft, not published yet'],
  'draft           live': [edited(live), 'a draft, live in an earlier revision'],
  'draft     live, ends': [edited(ending), 'a draft, live in an earlier revision'],
  'draft      withdrawn': [withdrawn, 'a draft, withdrawn'],
  'in_review       none': [through(draft(), 'submit'), 'in review, not published yet'],
  'in_review       live': [through(edited(live), 'submit'), 'in review, live in an earlier revision'],
  'in_review live, ends': [through(edited(ending), 'submit'), 'in review, live in an earlier revision'],
  'in_review  withdrawn': [through(withdrawn, 'submit'), 'in review, withdrawn'],
  'approved        none': [through(draft(), 'submit', 'approve'), 'approved, not published yet'],
  'approved        live': [through(edited(live), 'submit', 'approve'), 'approved, live in an earlier revision'],
  'approved  live, ends': [through(edited(ending), 'submit', 'approve'), 'approved, live in an earlier revision'],
  'approved   withdrawn': [through(withdrawn, 'submit', 'approve'), 'approved, withdrawn'],
  'scheduled       none': [scheduled(draft()), 'scheduled, not published yet'],
  'scheduled       live': [scheduled(edited(live)), 'scheduled, live in an earlier revision'],
  'scheduled  withdrawn': [scheduled(withdrawn), 'scheduled, withdrawn'],
  'was approved    none': [scheduled(through(draft(), 'submit', 'approve')), 'scheduled, not published yet'],
  'was approved    live': [
    scheduled(through(edited(live), 'submit', 'approve')),
    'scheduled, live in an earlier revision',
  ],
  'was approved withdr.': [scheduled(through(withdrawn, 'submit', 'approve')), 'scheduled, withdrawn'],
  'published       live': [live, 'published, with nothing changed since'],
  'published live, ends': [ending, 'published, with nothing changed since'],
  'killed        killed': [through(live, 'kill'), 'killed'],
  'trashed         none': [through(draft(), 'trash'), 'in the trash, not published yet'],
  'trashed    withdrawn': [through(withdrawn, 'trash'), 'in the trash, withdrawn'],
};

/**
 * What may be done, in the order of `articleActions`: the least role (Contributor, Editor, Admin) and the stage that it
 * leads to (draft, in Review, Approved, Scheduled, Published, Killed, Trashed, or = as it is); -- is not allowed, 00 nothing
 * to publish. "was approved" is scheduled, of a revision that was approved.
 */
const expected = `
                      upd rev loc sub ret app sch uns pub unp kil tra res pur
draft           none   Cd  Ed  C=  Cr  --  --  Es  --  Ep  --  --  Et  --  --
draft           live   Cd  Ed  C=  Cr  --  --  Es  --  Ep  Ed  Ak  --  --  --
draft     live, ends   Cd  Ed  C=  Cr  --  --  Es  Ed  Ep  Ed  Ak  --  --  --
draft      withdrawn   Cd  Ed  C=  Cr  --  --  Es  --  Ep  --  Ak  Et  --  --
in_review       none   Er  Er  E=  --  Ed  Ea  Es  --  Ep  --  --  Et  --  --
in_review       live   Er  Er  E=  --  Ed  Ea  Es  --  Ep  Er  Ak  --  --  --
in_review live, ends   Er  Er  E=  --  Ed  Ea  Es  Er  Ep  Er  Ak  --  --  --
in_review  withdrawn   Er  Er  E=  --  Ed  Ea  Es  --  Ep  --  Ak  Et  --  --
approved        none   Ed  Ed  E=  --  Ed  --  Es  --  Ep  --  --  Et  --  --
approved        live   Ed  Ed  E=  --  Ed  --  Es  --  Ep  Ea  Ak  --  --  --
approved  live, ends   Ed  Ed  E=  --  Ed  --  Es  Ea  Ep  Ea  Ak  --  --  --
approved   withdrawn   Ed  Ed  E=  --  Ed  --  Es  --  Ep  --  Ak  Et  --  --
scheduled       none   Ed  Ed  E=  --  --  --  Es  Ed  Ep  --  --  Et  --  --
scheduled       live   Ed  Ed  E=  --  --  --  Es  Ed  Ep  Ed  Ak  --  --  --
scheduled  withdrawn   Ed  Ed  E=  --  --  --  Es  Ed  Ep  --  Ak  Et  --  --
was approved    none   Ed  Ed  E=  --  --  --  Es  Ea  Ep  --  --  Et  --  --
was approved    live   Ed  Ed  E=  --  --  --  Es  Ea  Ep  Ea  Ak  --  --  --
was approved withdr.   Ed  Ed  E=  --  --  --  Es  Ea  Ep  --  Ak  Et  --  --
published       live   Ed  Ed  E=  --  --  --  E=  --  00  Ed  Ak  --  --  --
published live, ends   Ed  Ed  E=  --  --  --  E=  E=  00  Ed  Ak  --  --  --
killed        killed   --  --  --  --  --  --  --  --  --  --  --  --  --  A=
trashed         none   --  --  --  --  --  --  --  --  --  --  --  --  Ed  A=
trashed    withdrawn   --  --  --  --  --  --  --  --  --  --  Ak  --  Ed  A=`;

const roleOf: Record<string, Role> = { C: 'contributor', E: 'editor', A: 'admin' };
const stageOf: Record<string, Stage> = {
  d: 'draft',
  r: 'in_review',
  a: 'approved',
  s: 'scheduled',
  p: 'published',
  k: 'killed',
  t: 'trashed',
};

type Cell = { state: string; action: ArticleAction; least: Role | undefined; goal: Stage | 'same'; code: string };

const cells: Cell[] = expected
  .split('\n')
  .slice(2)
  .flatMap((line) => {
    const state = line.slice(0, 20);
    const codes = line.slice(20).trim().split(/\s+/);
    return articleActions.map((action, index) => {
      const code = codes[index] ?? '';
      return { state, action, code, least: roleOf[code[0] ?? ''], goal: stageOf[code[1] ?? ''] ?? 'same' };
    });
  });

const copyOf = (state: string): WorkingCopy => states[state]?.[0] ?? draft();
const mayDo = ({ least }: Cell, role: Role) => least !== undefined && roles.indexOf(role) >= roles.indexOf(least);
const allowedTo = (state: string, role: Role) =>
  cells.filter((cell) => cell.state === state && mayDo(cell, role)).map(({ action }) => action);

describe('the lifecycle', () => {
  test('is written out here for every state, and for every action', () => {
    expect([...new Set(cells.map(({ state }) => state))]).toEqual(Object.keys(states));
    expect(cells).toHaveLength(Object.keys(states).length * articleActions.length);
    expect(cells.filter(({ code }) => !/^(?:[CEA][drapskt=]|--|00)$/.test(code))).toEqual([]);
  });

  test.each(cells.flatMap((cell) => roles.map((role) => ({ ...cell, role }))))(
    '$state: $action by a $role is $code',
    (cell) => {
      const { state, action, role, goal, code, least } = cell;
      const copy = copyOf(state);
      const result = outcome(() => nextStage(copy, action, as(role)));
      if (mayDo(cell, role)) {
        expect(result).toBe('done');
        expect(nextStage(copy, action, as(role))).toBe(goal === 'same' ? copy.stage : goal);
      } else if (least) {
        expect(result).toMatchObject({
          code: 'forbidden',
          message: expect.stringContaining(`takes the role ${least}`),
        });
      } else {
        const allowed = allowedTo(state, role).join(', ') || 'nothing';
        expect(result).toMatchObject({
          code: code === '00' ? 'nothing_to_publish' : 'not_allowed',
          message: `The article is ${states[state]?.[1]}: ${action} is not possible. Allowed now: ${allowed}.`,
        });
      }
    },
  );

  test.each(Object.keys(states).flatMap((state) => roles.map((role) => ({ state, role }))))(
    '$state: a $role is told what they may do',
    ({ state, role }) => {
      expect(allowedActions(copyOf(state), as(role), false)).toEqual(allowedTo(state, role));
    },
  );

  test.each(cells.filter(({ least }) => least))('$state: $action, once decided, leads to $code', (cell) => {
    const copy = copyOf(cell.state);
    expect(perform(copy, cell.action).stage).toBe(cell.goal === 'same' ? copy.stage : cell.goal);
  });

  test('has one row at most for an action in a state', () => {
    for (const [copy] of Object.values(states))
      for (const action of articleActions) {
        const rows = lifecycle.filter(
          (row) => row.action === action && row.from.includes(copy.stage) && row.seen.includes(publicState(copy)),
        );
        expect(rows.length).toBeLessThanOrEqual(1);
      }
  });
});

describe('whatever is done with an article', () => {
  /** Follows everything that is allowed from a new draft on, until nothing new comes. */
  function reachable(): Set<string> {
    const found = new Map<string, WorkingCopy>();
    const waiting = [draft()];
    for (const copy of waiting) {
      const { stage, schedule, approval, revision } = copy;
      const isApproved = approval?.revision === revision;
      const name = [stage, publicState(copy), schedule?.unpublishAt, isApproved].join();
      if (found.has(name)) continue;
      found.set(name, copy);
      for (const action of allowedActions(copy, as('admin'), false)) waiting.push(perform(copy, action));
    }
    return new Set([...found.values()].map((copy) => `${copy.stage} ${publicState(copy)}`));
  }

  test('its stage and what the public sees are a pair that the desk’s lists look for', () => {
    const listed = stages.flatMap((stage) => publicStatesAt[stage].map((seen) => `${stage} ${seen}`));
    expect([...reachable()].sort()).toEqual(listed.sort());
    const tested = new Set(Object.values(states).map(([copy]) => `${copy.stage} ${publicState(copy)}`));
    expect([...tested].sort()).toEqual(listed.sort());
  });
});
