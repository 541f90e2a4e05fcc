/** The languages that datelines are read in and printed in. */
export type DatelineLanguage = 'en' | 'es';

interface Month {
  /** As printed: the language's three-letter form. */
  printed: Record<DatelineLanguage, string>;
  /** As read, in lower case and without a full stop. */
  read: readonly string[];
}

const months: readonly Month[] = [
  { printed: { en: 'Jan', es: 'ene' }, read: ['january', 'jan', 'enero', 'ene'] },
  { printed: { en: 'Feb', es: 'feb' }, read: ['february', 'feb', 'febrero'] },
  { printed: { en: 'Mar', es: 'mar' }, read: ['march', 'mar', 'marzo'] },
  { printed: { en: 'Apr', es: 'abr' }, read: ['april', 'apr', 'abril', 'abr'] },
  { printed: { en: 'May', es: 'may' }, read: ['may', 'mayo'] },
  { printed: { en: 'Jun', es: 'jun' }, read: ['june', 'jun', 'junio'] },
  { printed: { en: 'Jul', es: 'jul' }, read: ['july', 'jul', 'julio'] },
  { printed: { en: 'Aug', es: 'ago' }, read: ['august', 'aug', 'agosto', 'ago'] },
  { printed: { en: 'Sep', es: 'sep' }, read: ['september', 'sept', 'sep', 'septiembre', 'setiembre', 'set'] },
  { printed: { en: 'Oct', es: 'oct' }, read: ['october', 'oct', 'octubre'] },
  { printed: { en: 'Nov', es: 'nov' }, read: ['november', 'nov', 'noviembre'] },
  { printed: { en: 'Dec', es: 'dic' }, read: ['december', 'dec', 'diciembre', 'dic'] },
];

const numbers = new Map(months.flatMap(({ read }, index) => read.map((name) => [name, index + 1] as const)));

/** The number of a month (1–12) from its English or Spanish name, full or abbreviated, with or without a full stop. */
export function monthNumber(name: string): number | undefined {
  return numbers.get(name.toLowerCase().replace(/\.$/, ''));
}

/** The short name of a month (1–12) in the language: `Jan`, `ene`. Empty for a number that is not a month. */
export function monthName(month: number, language: DatelineLanguage): string {
  return months[month - 1]?.printed[language] ?? '';
}
