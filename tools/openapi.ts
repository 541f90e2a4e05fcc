// Writes contract/openapi.json from the route table, or with --check says whether the committed one still matches it.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../contract/openapi.ts';

const file = fileURLToPath(new URL('../contract/openapi.json', import.meta.url));
const current = `${JSON.stringify(openApiDocument(), null, 2)}\n`;

if (process.argv.includes('--check')) {
  const committed = await readFile(file, 'utf8').catch(() => '');
  if (committed !== current) {
    process.stderr.write(
      'contract/openapi.json does not match the route table. Run npm run openapi and commit the result.\n',
    );
    process.exitCode = 1;
  }
} else {
  await writeFile(file, current);
  process.stdout.write(
    'Wrote contract/openapi.json.\nNext: read its diff, it is what clients will notice; then commit it.\n',
  );
}
