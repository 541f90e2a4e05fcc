import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../standards/ninjs/${name}`, import.meta.url), 'utf8'));

/** Draft 7, of which nothing is used that 2020-12 does not know. */
const { $schema: _, ...geoJson } = read('GeoJSON.json');

const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats as unknown as (target: Ajv2020) => void)(ajv);
ajv.addSchema(geoJson);
const validate = ajv.compile(read('ninjs-schema_3.1.json'));

/** What IPTC's own schema has against a text; nothing when it is ninjs. */
export function ninjsProblems(text: string): string[] {
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
