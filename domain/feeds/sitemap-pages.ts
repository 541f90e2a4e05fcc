/** Stories of a month that come in one page: DynamoDB reads a megabyte at a time, some eleven hundred rows. */
const mostOfMonth = 1000;
/** Of a day: eleven requests for it, and two megabytes of XML. */
const mostOfDay = 10_000;

type Day = { name: string; count: number; changedAt: string | undefined };
type Page = { name: string; changedAt: string | null };

/**
 * The pages of a sitemap: a month each (`2022-01`), or the days of a
 * month that has too many stories (`2022-01-06`), and the hours of such a day (`2022-01-06T05`). The days
 * that have stories are given in their order.
 */
export function sitemapPages(days: readonly Day[]): Page[] {
  const months = Map.groupBy(days, ({ name }) => name.slice(0, 7));
  return [...months].flatMap(([month, its]) => {
    const count = its.reduce((sum, day) => sum + day.count, 0);
    if (count <= mostOfMonth) return [{ name: month, changedAt: latest(its) }];
    return its.flatMap((day) => (day.count <= mostOfDay ? [pageOf(day.name, day)] : hoursOf(day)));
  });
}

const pageOf = (name: string, day: Day): Page => ({ name, changedAt: latest([day]) });

function hoursOf(day: Day): Page[] {
  return Array.from({ length: 24 }, (_, hour) => pageOf(`${day.name}T${String(hour).padStart(2, '0')}`, day));
}

function latest(days: readonly Day[]): string | null {
  return (
    days
      .flatMap(({ changedAt }) => changedAt ?? [])
      .sort()
      .at(-1) ?? null
  );
}
