import type { Aws } from './aws.ts';
import type { Cdk } from './cdk.ts';
import type { Desk } from './desk.ts';
import type { Emulator } from './emulator.ts';
import type { People, Person } from './people.ts';
import type { ProjectCopy } from './project-copy.ts';
import type { Report } from './report.ts';
import type { Stage } from './stage.ts';

/** What every part of the test works with. */
export type Trial = {
  report: Report;
  emulator: Emulator;
  aws: Aws;
  cdk: Cdk;
  people: People;
  stage: Stage;
  desk: Desk;
  /** The project as it is deployed: the tree, and a second seed. Each change is made in a copy of it. */
  project: ProjectCopy;
  /** Who works in the newsroom. */
  cast: { contributor: Person; editor: Person };
  /** Ids and slugs of what the clock may be at work on, while others look at all that is stored. */
  clockwork: readonly string[];
};
