// First of all: what is loaded after it sees no other clock.
import './clock.ts';

import { testLifecycle } from './test-lifecycle.ts';

// A newsroom in which everybody publishes what they wrote.
testLifecycle({ fourEyes: false });
