// `npm start`, and `npm run dev` with --watch. What was compiled once is loaded from a cache, which saves a third of the
// time until the story is served; the rest is imported after that, or it would be loaded without it.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../dist/compile-cache', import.meta.url)));
const { run } = await import('./run.ts');
await run();
