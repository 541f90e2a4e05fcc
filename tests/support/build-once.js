import { spawnSync } from 'node:child_process';

/** The bundles that journeys run, built before any test file starts: side by side they would each build them. */
export default function buildOnce() {
  const { status } = spawnSync(process.execPath, ['tools/build.ts', '--if-stale'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('The functions could not be built; npm run build says why.');
}
