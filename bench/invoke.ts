// One process, one function: imports a bundle, calls it once (cold) and then many times (warm), and prints what it took.
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const [bundle = '', eventFile = '', warmCalls = '0'] = process.argv.slice(2);
const started = performance.now();
const context = { getRemainingTimeInMillis: () => 10_000 };
// The functions write a line for each request; here it would be measured with them.
process.stdout.write = (() => true) as typeof process.stdout.write;

const event = JSON.parse(await readFile(eventFile, 'utf8'));
const { handler } =
  bundle === 'none' ? { handler: async () => ({ statusCode: 200 }) } : await import(pathToFileURL(bundle).href);
const { statusCode } = await handler(event, context);
const coldMs = performance.now() - started;
const before = process.cpuUsage();
for (let call = 0; call < Number(warmCalls); call += 1) await handler(event, context);
const { user, system } = process.cpuUsage(before);
const warmUs = Number(warmCalls) > 0 ? (user + system) / Number(warmCalls) : 0;
process.stderr.write(`${JSON.stringify({ statusCode, coldMs, warmUs })}\n`);
process.exit(0);
