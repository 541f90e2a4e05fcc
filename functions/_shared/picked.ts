/** These fields alone, in the order that they are named. */
export function picked<Whole extends object>(whole: Whole, fields: readonly (keyof Whole)[]): Partial<Whole> {
  return Object.fromEntries(fields.map((name) => [name, whole[name]])) as Partial<Whole>;
}
