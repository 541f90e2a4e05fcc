// The system under test, as a process of its own that can be killed: says where it is, then serves until it ends.
import { startLocal } from '../../local/start-local.ts';

const [dataFolder] = process.argv.slice(2);
const system = await startLocal({ port: 0, dataFolder });
const tokens = {
  contributor: await system.token('contributor', 'ben'),
  editor: await system.token('editor', 'ana'),
};
const ready = { url: system.url, endpoint: system.engine?.endpoint, enginePid: system.engine?.pid, tokens };
process.stdout.write(`ready ${JSON.stringify(ready)}\n`);

process.on('SIGTERM', async () => {
  await system.stop();
  process.exit(0);
});
