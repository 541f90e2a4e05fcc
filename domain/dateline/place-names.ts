/** Names that hold a word which elsewhere separates two places. */
const joinedNames = [
  'Antigua and Barbuda',
  'Bosnia and Herzegovina',
  'Jammu and Kashmir',
  'Newfoundland and Labrador',
  'Saint Kitts and Nevis',
  'Saint Vincent and the Grenadines',
  'São Tomé and Príncipe',
  'Trinidad and Tobago',
  'Turks and Caicos',
  'Antigua y Barbuda',
  'Bosnia y Herzegovina',
  'Castilla y León',
  'Santo Tomé y Príncipe',
  'Trinidad y Tobago',
].map((name) => folded(name).split(/ (?:and|y) /));

/** Words inside a place's name that stay in lower case. */
const particles = new Set(
  'al am an and aux da das de del den der di do dos du e el en la las le les los of sur the upon y'.split(' '),
);

const word = /^(?:(?:\p{Ll}{1,4}[-'’])?[\p{Lu}\p{Lt}\p{Lo}]|['’]s-\p{Lu})[\p{L}\p{M}'’.-]*$/u;

/**
 * The places of a dateline: `MOSCOW/ALMATY, Kazakhstan` gives `Moscow` and `Almaty, Kazakhstan`. Places stand apart by
 * `/`, `and` or `y`; what follows a comma is the place's country or state. Each stands once. Undefined when a part is
 * not like a name.
 */
export function readPlaces(text: string): string[] | undefined {
  const places = text.split('/').flatMap(splitAtAnd);
  return places.every(isName) ? [...new Set(places.map(titleCase))] : undefined;
}

function splitAtAnd(text: string): string[] {
  const pieces = text.split(/\s+(and|y)\s+/i);
  const places = [pieces[0] ?? ''];
  for (let index = 1; index < pieces.length; index += 2) {
    const [before, joint, after = ''] = [places.at(-1) ?? '', pieces[index], pieces[index + 1]];
    if (isJoinedName(before, after)) places[places.length - 1] = `${before} ${joint} ${after}`;
    else places.push(after);
  }
  return places.map((place) => place.trim());
}

function isJoinedName(before: string, after: string): boolean {
  const [left, right] = [folded(before), folded(after)];
  return joinedNames.some(([start = '', end = '']) => left.endsWith(start) && right.startsWith(end));
}

/** Capitals are often printed without their accents. */
function folded(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

const longestPlace = 80;

function isName(place: string): boolean {
  const parts = place.split(/,\s*/);
  return place.length <= longestPlace && parts.length <= 3 && parts.every(isNamePart);
}

function isNamePart(part: string): boolean {
  const words = part.split(/\s+/);
  if (words.length > 5 || !word.test(words[0] ?? '')) return false;
  return words.every((each) => word.test(each) || particles.has(each));
}

/** Names in capitals as they stand in running text; everything else as written. */
function titleCase(place: string): string {
  const [name = '', ...rest] = place.split(/,\s*/);
  // A short country or state is an abbreviation: DUBAI, UAE.
  return [lowered(name), ...rest.map((part) => (/^[\p{Lu}.]{1,3}$/u.test(part) ? part : lowered(part)))].join(', ');
}

function lowered(name: string): string {
  if (name.split(/\s+/).some((each) => each !== each.toUpperCase() && !particles.has(each))) return name;
  return name
    .split(/(\s+|-)/)
    .map((each, index) => (index > 0 && particles.has(each.toLowerCase()) ? each.toLowerCase() : capitalized(each)))
    .join('');
}

function capitalized(name: string): string {
  if (/^(?:\p{Lu}\.){2,}$/u.test(name)) return name;
  // L'Aquila and N'Djamena have two capitals, Xi'an has one.
  return name.toLowerCase().replace(/^(?:\p{L}['’])?\p{L}/u, (start) => start.toUpperCase());
}
