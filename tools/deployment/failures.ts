import assert from 'node:assert/strict';
import { settle, settledItems } from './clock.ts';
import type { ProjectCopy } from './project-copy.ts';
import { addSeed, lateStory, manifestLine } from './seeds.ts';
import { whileServing } from './serving.ts';
import type { Trial } from './trial.ts';

type Mistake = {
  what: string;
  /** When it is noticed. */
  when: 'at deployment' | 'before deployment';
  make: (copy: ProjectCopy) => Promise<void>;
  /** What the message has to name. */
  names: (copy: ProjectCopy) => Promise<string[]>;
};

const mistakes: Mistake[] = [
  {
    what: 'a seed with a bad field',
    when: 'at deployment',
    make: async (copy) => {
      await addSeed(copy, lateStory);
      await copy.replace(
        'seeds/manifest.json',
        '"Harbours"\n      }\n    }\n  ]',
        '"Harbours", "urgency": 12\n      }\n    }\n  ]',
      );
    },
    names: async (copy) => [`seeds/manifest.json:${await manifestLine(copy, '"urgency": 12')}`, 'urgency'],
  },
  {
    what: 'a seed without its file',
    when: 'at deployment',
    make: async (copy) => {
      await addSeed(copy, lateStory);
      await copy.remove(`seeds/${lateStory.file}`);
    },
    names: async (copy) => [`seeds/manifest.json:${await manifestLine(copy, lateStory.file)}`, lateStory.file],
  },
  {
    what: 'a handler with a broken import',
    when: 'before deployment',
    make: async (copy) => {
      const file = 'functions/get-health/handler.ts';
      await copy.write(file, `import './not-there.ts';\n${await copy.read(file)}`);
    },
    names: async () => ['functions/get-health/handler.ts:1', './not-there.ts'],
  },
  {
    what: 'a stage with a wrong setting',
    when: 'before deployment',
    make: (copy) => copy.set('logRetentionDays', 15),
    names: async () => ['logRetentionDays', 'infra/stages.ts'],
  },
];

/** A deployment that goes wrong says what is wrong and where, and leaves the stage as it was. */
export async function failures(trial: Trial): Promise<void> {
  trial.report.begin('Deployments that fail');
  await settle(trial);
  for (const [index, mistake] of mistakes.entries()) await tryMistake(trial, mistake, `mistake-${index}`);
}

async function tryMistake(trial: Trial, { what, when, make, names }: Mistake, name: string): Promise<void> {
  const { report, stage, cdk } = trial;
  const copy = await trial.project.copy(name);
  await make(copy);
  const before = await settledItems(trial);
  const started = await stage.status();
  const { result, interrupted } = await whileServing(stage, cdk.deploy(copy));
  await report.check(`${what} fails ${when}, and the message names the place`, async () => {
    assert.ok(!result.succeeded, 'The deployment went through.');
    for (const named of await names(copy))
      assert.ok(result.output.includes(named), `It does not name ${named}:\n${result.output}`);
  });
  await report.check('meanwhile the stage kept serving, and nothing was written', async () => {
    assert.ifError(interrupted);
    assert.deepEqual(await settledItems(trial), before);
    assert.equal(await stage.status(), when === 'at deployment' ? 'UPDATE_ROLLBACK_COMPLETE' : started);
  });
}
