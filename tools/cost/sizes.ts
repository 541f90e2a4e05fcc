/** A newsroom, as far as its bill depends on it. Days are ordinary ones; a month has thirty. */
export type Size = {
  id: 'local' | 'national' | 'agency';
  name: string;
  /** New stories a day, all of which are published. */
  articlesADay: number;
  /** Saved edits of a story before it is published. */
  editsAnArticle: number;
  /** Publications after the first, with one more edit each. */
  updatesAnArticle: number;
  /** Of a hundred stories, how many are submitted for review, and approved, before they are published. */
  reviewedOfAHundred: number;
  /** Of a hundred stories, how many the clock publishes. */
  scheduledOfAHundred: number;
  /** Stories of a hundred that are withdrawn. */
  withdrawnOfAHundred: number;
  /** Stories a month that are killed. */
  killedAMonth: number;
  /** Requests for content a day that reach the edge. */
  readsADay: number;
  /** Of a hundred of these, how many ask for a listing. */
  listingsOfAHundred: number;
  /** Of a hundred of these, how many the edge answers by itself. */
  hitsOfAHundred: number;
  /** Pages of the desk's list that editors open or refresh in a day. */
  deskListsADay: number;
  /** Stories that editors open in a day. */
  deskReadsADay: number;
  /** People who sign in during a month. */
  users: number;
};

export const sizes: readonly Size[] = [
  {
    id: 'local',
    name: 'Local paper',
    articlesADay: 15,
    editsAnArticle: 5,
    updatesAnArticle: 0.5,
    reviewedOfAHundred: 50,
    scheduledOfAHundred: 10,
    withdrawnOfAHundred: 1,
    killedAMonth: 0.1,
    readsADay: 20_000,
    listingsOfAHundred: 40,
    // Few readers at a time: most copies run out, after 30 or 60 seconds, before anybody else asks.
    hitsOfAHundred: 50,
    deskListsADay: 400,
    deskReadsADay: 150,
    users: 15,
  },
  {
    id: 'national',
    name: 'National daily',
    articlesADay: 250,
    editsAnArticle: 8,
    updatesAnArticle: 2,
    reviewedOfAHundred: 80,
    scheduledOfAHundred: 20,
    withdrawnOfAHundred: 1,
    killedAMonth: 1,
    readsADay: 1_500_000,
    listingsOfAHundred: 40,
    hitsOfAHundred: 90,
    deskListsADay: 20_000,
    deskReadsADay: 6_000,
    users: 300,
  },
  {
    id: 'agency',
    name: 'Global agency',
    articlesADay: 3_000,
    editsAnArticle: 6,
    updatesAnArticle: 2,
    reviewedOfAHundred: 80,
    scheduledOfAHundred: 10,
    withdrawnOfAHundred: 1,
    killedAMonth: 10,
    readsADay: 20_000_000,
    listingsOfAHundred: 50,
    hitsOfAHundred: 95,
    deskListsADay: 250_000,
    deskReadsADay: 60_000,
    users: 2_500,
  },
];

/** A newsroom in which nobody does anything. */
export const asleep: Omit<Size, 'id' | 'name'> = {
  articlesADay: 0,
  editsAnArticle: 0,
  updatesAnArticle: 0,
  reviewedOfAHundred: 0,
  scheduledOfAHundred: 0,
  withdrawnOfAHundred: 0,
  killedAMonth: 0,
  readsADay: 0,
  listingsOfAHundred: 0,
  hitsOfAHundred: 0,
  deskListsADay: 0,
  deskReadsADay: 0,
  users: 0,
};

export const daysAMonth = 30;
/** The archive whose storage is paid for: it never shrinks, so the bill is that of the end of the first year. */
export const daysKept = 365;
