// First of all: what is loaded after it sees no other clock.
import './clock.ts';

import { testLifecycle } from './test-lifecycle.ts';

// A newsroom in which somebody else looks at each text before it is published.
testLifecycle({ fourEyes: true });
