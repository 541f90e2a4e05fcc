/** JSON of what is there: members that are null, an empty text or an empty list are left out, at every depth. */
export function printJson(value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(value, (_, member: unknown) => (isEmpty(member) ? undefined : member));
}

function isEmpty(member: unknown): boolean {
  return member === null || member === '' || (Array.isArray(member) && member.length === 0);
}
