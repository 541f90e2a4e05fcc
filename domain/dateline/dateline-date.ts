import { monthNumber } from './months.ts';

/** What tells the year of a date that is printed without one. `year` goes before `today` (`YYYY-MM-DD`). */
export interface YearHint {
  year?: number | undefined;
  today?: string | undefined;
}

export interface PrintedDate {
  month: number;
  day: number;
  year: number | null;
  /** The date as printed. */
  text: string;
  /** What stands before it. */
  before: string;
}

const formats = [
  /(?<before>^|[\s,])(?<month>\p{L}{3,10}\.?)\s(?<day>\d{1,2})(?:,?\s(?<year>\d{4}))?$/u,
  /(?<before>^|[\s,])(?<day>\d{1,2})\s(?:de\s)?(?<month>\p{L}{3,10}\.?)(?:(?:,|\sdel?)?\s(?<year>\d{4}))?$/u,
];

/** The date at the end of a text: `Jan 6`, `January 6, 2022`, `6 ene`, `6 de enero de 2022`. */
export function dateAtEnd(text: string): PrintedDate | undefined {
  for (const format of formats) {
    const found = format.exec(text);
    const month = monthNumber(found?.groups?.month ?? '');
    if (found === null || month === undefined) continue;
    const start = found.index + (found.groups?.before?.length ?? 0);
    const year = found.groups?.year;
    return {
      month,
      day: Number(found.groups?.day),
      year: year === undefined ? null : Number(year),
      text: text.slice(start),
      before: text.slice(0, start),
    };
  }
  return undefined;
}

/** Eight years lie between two leap days when a century without one is between them. */
const leapGap = 8;

/** The calendar date, or what keeps it from being known. Never a guess. */
export function resolveDate(printed: PrintedDate, hint: YearHint): { date: string } | { problem: string } {
  const { month, day, text } = printed;
  if (day < 1 || day > daysIn(month, 2000)) return { problem: `"${text}" is not a date of any year` };
  const year = printed.year ?? hint.year ?? latestYear(month, day, hint.today);
  if (year === undefined) return { problem: `"${text}" does not say its year` };
  if (day > daysIn(month, year)) return { problem: `"${text}" is not a date of ${year}` };
  return { date: calendarDate(year, month, day) };
}

function latestYear(month: number, day: number, today: string | undefined): number | undefined {
  const thisYear = Number(/^(\d{4})-\d\d-\d\d$/.exec(today ?? '')?.[1]);
  if (today === undefined || Number.isNaN(thisYear)) return undefined;
  for (let year = thisYear; year >= thisYear - leapGap; year -= 1) {
    if (day <= daysIn(month, year) && calendarDate(year, month, day) <= today) return year;
  }
  return undefined;
}

function daysIn(month: number, year: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function calendarDate(year: number, month: number, day: number): string {
  return [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
}
