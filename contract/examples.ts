import type { SchemaName } from './schemas/index.ts';

const id = '017e2f42-9600-7747-8640-eaf09766caae';
const slug = 'kazakh-police-kill-dozens-of-protesters-in-almaty-as-unrest-continues';
const url = `https://news.example/conflicts-and-war/${slug}`;
const headline = 'Kazakh police kill ‘dozens’ of protesters in Almaty as unrest continues';
const ana = { sub: '3f0c2a9e-5a5e-4a1f-9d0a-0d7f5b1c2e3f', username: 'ana' };

const firstParagraph = {
  _type: 'block',
  _key: 'b1',
  style: 'normal',
  children: [
    {
      _type: 'span',
      _key: 'b1s1',
      text: 'Police have urged people gathered in Almaty’s Republic Square to disperse.',
      marks: [],
    },
  ],
  markDefs: [],
};

const dateline = {
  places: ['Nur-Sultan', 'Moscow'],
  date: '2022-01-06',
  agency: 'EFE',
  text: 'Nur-Sultan/Moscow Jan 6 (EFE).-',
};

/** What the public reads as the newsroom wrote it. */
const asFiled = {
  tags: [],
  places: ['Almaty', 'Nur-Sultan', 'Kazakhstan'],
  people: [],
  organisations: [],
  dateline,
  authors: [],
  agency: 'EFE',
  signOff: 'EFE',
  creditLine: 'EFE',
  usageTerms: null,
  copyrightNotice: null,
  image: null,
  language: 'en',
  translationOf: null,
  body: [firstParagraph],
  advisory: 'adds reports on Almaty explosions',
};

const content = {
  headline,
  deck: null,
  slugline: 'Kazakhstan-Unrest',
  slug,
  section: 'conflicts-and-war',
  topics: ['medtop:16000000', 'medtop:20000065', 'medtop:20000069'],
  ...asFiled,
  related: [],
  urgency: 2,
  breaking: false,
  embargoUntil: null,
  canonicalUrl: null,
  seo: null,
  internalNote: null,
  extras: null,
};

const publication = {
  state: 'live',
  slug,
  revision: 1,
  kind: 'initial',
  firstPublishedAt: '2022-01-06T12:00:00.000Z',
  publishedAt: '2022-01-06T12:00:00.000Z',
  kill: null,
};

const standing = {
  stage: 'published',
  version: 2,
  revision: 1,
  createdAt: '2022-01-06T11:58:30.000Z',
  createdBy: ana,
  updatedAt: '2022-01-06T12:00:00.000Z',
  updatedBy: ana,
  publication,
  hasUnpublishedChanges: false,
  approval: null,
  schedule: null,
  trouble: null,
  purgeAt: null,
};

const draft = {
  ...standing,
  stage: 'draft',
  version: 1,
  updatedAt: standing.createdAt,
  publication: null,
};

const section = { slug: 'conflicts-and-war', name: 'Conflicts & War' };

const publicTimes = { firstPublishedAt: publication.firstPublishedAt, publishedAt: publication.publishedAt };

const summary = {
  id,
  slug,
  url,
  headline,
  deck: null,
  byline: ['EFE'],
  section,
  image: null,
  language: 'en',
  urgency: 2,
  breaking: false,
  ...publicTimes,
};

const publicArticle = {
  id,
  slug,
  url,
  headline,
  deck: null,
  slugline: content.slugline,
  section,
  topics: [
    { id: 'medtop:16000000', name: 'conflict, war and peace' },
    { id: 'medtop:20000065', name: 'civil unrest' },
    { id: 'medtop:20000069', name: 'riot' },
  ],
  ...asFiled,
  notes: [],
  related: [],
  urgency: 2,
  breaking: false,
  canonicalUrl: null,
  seo: null,
  extras: null,
  ...publicTimes,
  revision: 1,
  version: 1,
  wordCount: 11,
};

const previewLink = {
  id: '8e4ca2cc57f7efb701c24e9c',
  createdAt: '2022-01-06T11:59:00.000Z',
  createdBy: ana,
  expiresAt: '2022-01-07T11:59:00.000Z',
};

/** One example of each schema, from the seed story. A test holds them to their schemas. */
export const examples: Record<SchemaName, unknown> = {
  ArticleInput: {
    headline,
    section: 'conflicts-and-war',
    topics: ['medtop:20000065'],
    dateline: { places: ['Nur-Sultan', 'Moscow'], date: '2022-01-06', agency: 'EFE' },
    body: { markdown: 'Police have urged people gathered in Almaty’s **Republic Square** to disperse.' },
  },
  ArticlePatch: {
    deck: 'Explosions heard in the main square of the largest city',
    tags: ['Tokayev'],
    internalNote: null,
  },
  EditorialArticle: {
    id,
    ...content,
    ...standing,
    lock: { by: ana, at: '2022-01-06T12:05:00.000Z', expiresAt: '2022-01-06T12:15:00.000Z' },
    allowedActions: ['update', 'revert', 'lock', 'schedule', 'unpublish'],
  },
  EditorialPage: {
    items: [
      {
        id,
        headline,
        slugline: content.slugline,
        section: content.section,
        tags: [],
        authors: [],
        language: 'en',
        urgency: 2,
        breaking: false,
        embargoUntil: null,
        ...standing,
      },
    ],
    nextCursor: null,
  },
  GatewayMessage: { message: 'Unauthorized' },
  Health: { status: 'ok', commit: 'a1b2c3d' },
  ImportedWireCopy: {
    article: {
      id,
      ...content,
      ...draft,
      lock: null,
      allowedActions: ['update', 'revert', 'lock', 'submit', 'schedule', 'publish', 'trash'],
    },
    related: [],
    dropped: [
      { line: 38, text: 'Related Articles', reason: 'empty related box' },
      { line: 40, text: 'Back to top button', reason: 'page furniture' },
    ],
    warnings: [],
  },
  PreviewArticle: { ...publicArticle, preview: { expiresAt: previewLink.expiresAt } },
  PreviewLink: previewLink,
  PreviewLinkPage: { items: [previewLink] },
  PreviewLinkRequest: { minutes: 60 },
  Problem: {
    type: 'urn:dateline:problem:invalid_request',
    title: 'The request is not valid',
    status: 400,
    detail: '/headline must not be empty',
    instance: 'urn:dateline:request:JKJaXmPLvHcESHA=',
    code: 'invalid_request',
    errors: [{ pointer: '/headline', detail: 'must not be empty' }],
  },
  PublishedArticle: publicArticle,
  PublishedPage: { items: [summary], nextCursor: null },
  PublishedSections: { items: [{ ...section, count: 1 }] },
  PublishedTopics: { items: [{ id: 'medtop:20000065', name: 'civil unrest', count: 1 }] },
  RelatedPage: { items: [summary] },
  PublishRequest: { kind: 'correction', note: 'An earlier version gave the wrong name of the square.', bump: true },
  ChangePage: {
    items: [
      { id: '01FRQTYK80VKS6E3VZ2D2Q9X6M', articleId: id, slug, kind: 'initial', at: publication.publishedAt },
      { id: '01FRQVC8J0Z8M3C1WQ4T5V7N2B', articleId: id, slug, kind: 'update', at: '2022-01-06T12:07:28.000Z' },
    ],
    nextCursor: 'Wn0yZ3V4c0p4bE1Ya1QxUTAxRlJRVkM4SjBaOE0zQzFXUTRUNVY3TjJC',
    hasMore: false,
  },
  CorrectionPage: {
    items: [
      {
        id,
        slug,
        url,
        headline,
        section,
        language: 'en',
        at: '2022-01-06T12:07:28.000Z',
        note: 'An earlier version gave the wrong name of the square.',
        changes: [{ part: 'body', before: 'In Almaty’s New Square', after: 'In Almaty’s Republic Square' }],
        moreChanges: 0,
      },
    ],
    nextCursor: null,
  },
  Comparison: {
    from: 1,
    to: 2,
    fields: [
      { field: 'deck', before: null, after: 'Explosions heard', words: [{ type: 'added', text: 'Explosions heard' }] },
    ],
    body: [],
  },
  HistoryPage: {
    items: [
      {
        id: '01FRQTYK80VKS6E3VZ2D2Q9X6M',
        action: 'publish',
        at: publication.publishedAt,
        by: ana,
        client: 'desk',
        version: 2,
        fromRevision: null,
        toRevision: 1,
        note: null,
        kind: 'initial',
        publishAt: null,
        unpublishAt: null,
        scheduledBy: null,
        lateByMs: null,
        emergency: false,
      },
    ],
    nextCursor: null,
  },
  KillRequest: { notice: 'This story was published in error and has been removed.', keepHeadline: false },
  LockRequest: { minutes: 10 },
  NewPreviewLink: {
    ...previewLink,
    url: 'https://cms.example/preview/v1/YW4gZXhhbXBsZSBvZiBhIHRva2VuOiBubyBzZWNyZXQ',
  },
  NoteRequest: { note: 'Ready for the evening edition.' },
  PurgedArticle: { id, purgedAt: '2022-02-05T12:00:00.000Z', purgedBy: ana },
  ReturnRequest: { note: 'Which ministry said so?' },
  Revision: { revision: 1, at: standing.createdAt, by: ana, action: 'create', article: content },
  RevisionPage: {
    items: [{ revision: 1, at: standing.createdAt, by: ana, action: 'create' }],
    nextCursor: null,
  },
  ScheduleRequest: { publishAt: '2022-01-07T06:00:00+06:00', unpublishAt: '2022-02-07T06:00:00+06:00' },
  Section: {
    ...section,
    version: 2,
    mergedInto: null,
    updatedAt: '2022-01-06T12:00:00.000Z',
    updatedBy: ana,
  },
  SectionInput: { name: 'Conflicts & War' },
  SectionPage: {
    items: [
      {
        ...section,
        version: 2,
        mergedInto: null,
        updatedAt: '2022-01-06T12:00:00.000Z',
        updatedBy: ana,
      },
    ],
  },
  TopicPage: {
    items: [
      {
        id: 'medtop:20000069',
        name: 'riot',
        parents: [
          { id: 'medtop:16000000', name: 'conflict, war and peace' },
          { id: 'medtop:20000065', name: 'civil unrest' },
        ],
        hasChildren: false,
      },
    ],
  },
  VersionChanges: {
    from: 'Zk1WbnJ0a0o5cFlTN2JxZTIwMjItMDEtMDZUMTI6MDA6MDAuMDAwWiMwMDAwMDAwMQ',
    to: 'YVFzWjRrSm5wUzdicWVWTTIwMjItMDEtMDZUMTI6MDc6MjguMDAwWiMwMDAwMDAwMg',
    fields: [
      { field: 'deck', before: null, after: 'Explosions heard', words: [{ type: 'added', text: 'Explosions heard' }] },
    ],
    body: [],
  },
  VersionPage: {
    items: [
      {
        id: 'Zk1WbnJ0a0o5cFlTN2JxZTIwMjItMDEtMDZUMTI6MDA6MDAuMDAwWiMwMDAwMDAwMQ',
        at: publication.publishedAt,
        until: null,
        kind: 'initial',
        slug,
      },
    ],
    nextCursor: null,
  },
};

export const wireCopyExample = `Conflicts & War

${headline}

(Update: adds reports on Almaty explosions)

Nur-Sultan/Moscow Jan 6 (EFE).- Police have urged people gathered in Almaty’s Republic Square to disperse. EFE
`;
