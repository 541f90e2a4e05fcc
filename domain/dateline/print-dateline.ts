import { agencyStyle, houseStyle } from './agency-styles.ts';
import { type DatelineLanguage, monthName } from './months.ts';

/** What an editor can change of a dateline without writing its text. */
export interface DatelineParts {
  places: readonly string[];
  /** `YYYY-MM-DD` */
  date: string | null;
  agency: string | null;
}

/**
 * The dateline's line in the style of its agency: `Nur-Sultan/Moscow Jan 6 (EFE).-`, without a space after it. Months
 * are Spanish in Spanish (`es`, `es-MX`) and English in every other language. A date that is not `YYYY-MM-DD` is left out.
 */
export function printDateline({ places, date, agency }: DatelineParts, language: string): string {
  const style = (agency === null ? undefined : agencyStyle(agency)) ?? houseStyle;
  const spoken: DatelineLanguage = /^es(?:-|$)/i.test(language) ? 'es' : 'en';
  const names = places.map((place) => (style.places === 'capitals' ? capitals(place) : place)).join('/');
  const day = style.date === 'none' ? '' : printDate(date, spoken, style.date === 'day and year');
  const when = day === '' ? '' : `${style.beforeDate[spoken]}${day}`;
  return `${names}${when}${agency === null ? '' : ` (${agency})`}${style.end}`;
}

/** The country or state after a comma keeps its case: `ALMATY, Kazakhstan`. */
function capitals(place: string): string {
  const [name = '', ...rest] = place.split(',');
  return [name.toUpperCase(), ...rest].join(',');
}

function printDate(date: string | null, language: DatelineLanguage, withYear: boolean): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date ?? '') ?? [];
  const name = monthName(Number(month), language);
  if (name === '') return '';
  if (language === 'es') return `${Number(day)} ${name}${withYear ? ` ${year}` : ''}`;
  return `${name} ${Number(day)}${withYear ? `, ${year}` : ''}`;
}
