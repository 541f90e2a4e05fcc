/** How an agency writes its datelines. A new agency is a row here and nothing else. */
export interface AgencyStyle {
  /** The name as the agency writes it. */
  agency: string;
  /** Other names that copy gives it. They are all read as `agency`. */
  alsoWritten?: readonly string[];
  /** `capitals` prints `ALMATY, Kazakhstan`: the name in capitals, its country as written. */
  places: 'as written' | 'capitals';
  date: 'none' | 'day' | 'day and year';
  /** What stands between the places and the date. */
  beforeDate: { en: string; es: string };
  /** What stands after the agency's parentheses. */
  end: string;
}

type Habits = Omit<AgencyStyle, 'agency' | 'alsoWritten'>;

const comma = { en: ', ', es: ', ' };

/** For an agency without a row, and for a line without an agency. */
export const houseStyle: Habits = { places: 'as written', date: 'day', beforeDate: comma, end: ' -' };

const undated: Habits = { ...houseStyle, date: 'none' };

export const agencyStyles: readonly AgencyStyle[] = [
  {
    agency: 'EFE',
    alsoWritten: ['Agencia EFE'],
    places: 'as written',
    date: 'day',
    beforeDate: { en: ' ', es: ', ' },
    end: '.-',
  },
  {
    agency: 'AP',
    alsoWritten: ['Associated Press'],
    places: 'capitals',
    date: 'none',
    beforeDate: comma,
    end: ' —',
  },
  {
    agency: 'Reuters',
    alsoWritten: ['Thomson Reuters'],
    places: 'capitals',
    date: 'day',
    beforeDate: comma,
    end: ' -',
  },
  {
    agency: 'AFP',
    alsoWritten: ['Agence France-Presse', 'Agence France Presse'],
    places: 'as written',
    date: 'day and year',
    beforeDate: comma,
    end: ' -',
  },
  { ...undated, agency: 'dpa', alsoWritten: ['Deutsche Presse-Agentur'] },
  { ...houseStyle, agency: 'ANSA' },
  { ...houseStyle, agency: 'Europa Press' },
  { ...houseStyle, agency: 'Interfax' },
  { ...houseStyle, agency: 'TASS', alsoWritten: ['ITAR-TASS'] },
  { ...houseStyle, agency: 'UPI', alsoWritten: ['United Press International'] },
  { ...houseStyle, agency: 'Xinhua' },
  { ...houseStyle, agency: 'Yonhap' },
  { ...undated, agency: 'PA', alsoWritten: ['PA Media', 'Press Association'] },
];

const byName = new Map(
  agencyStyles.flatMap((style) =>
    [style.agency, ...(style.alsoWritten ?? [])].map((name) => [name.toLowerCase(), style] as const),
  ),
);

/** The style of an agency from any of its names, whatever their case; undefined for one without a row. */
export function agencyStyle(name: string): AgencyStyle | undefined {
  return byName.get(name.toLowerCase().replace(/^the /, ''));
}
