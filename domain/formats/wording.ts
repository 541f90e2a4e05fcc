import type { Block } from '../../contract/schemas/body.ts';
import type { PublicationKind } from '../../contract/schemas/editorial-article.ts';
import type { PublishedArticle } from '../../contract/schemas/published-article.ts';
import type { RenderContext } from './render-context.ts';

type Wording = {
  by: string;
  and: string;
  published: string;
  updated: string;
  notes: Readonly<Record<PublicationKind, string>>;
  image: string;
  seeOn: string;
  related: string;
  preview: string;
  previewUntil: string;
};

/** What the forms say of their own, as datelines do: Spanish in Spanish, English in every other language. */
const wordings = {
  en: {
    by: 'By',
    and: 'and',
    published: 'Published',
    updated: 'Updated',
    notes: {
      initial: 'Editor’s note',
      update: 'Update',
      correction: 'Correction',
      clarification: 'Clarification',
      refile: 'Refiled',
    },
    image: 'Image',
    seeOn: 'See on',
    related: 'Related article',
    preview: 'Preview, not published.',
    previewUntil: 'This link works until',
  },
  es: {
    by: 'Por',
    and: 'y',
    published: 'Publicado',
    updated: 'Actualizado',
    notes: {
      initial: 'Nota del editor',
      update: 'Actualización',
      correction: 'Corrección',
      clarification: 'Aclaración',
      refile: 'Reenviado',
    },
    image: 'Imagen',
    seeOn: 'Ver en',
    related: 'Artículo relacionado',
    preview: 'Vista previa, no publicada.',
    previewUntil: 'Este enlace funciona hasta el',
  },
} as const satisfies Record<string, Wording>;

function spokenIn(language: string): keyof typeof wordings {
  return /^es(?:-|$)/i.test(language) ? 'es' : 'en';
}

export function wordingFor(language: string): Wording {
  return wordings[spokenIn(language)];
}

/** An instant as a reader is told it, in UTC: `January 6, 2022 at 12:00 UTC`. */
export function printTime(instant: string, language: string): string {
  return new Intl.DateTimeFormat(spokenIn(language), {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(new Date(instant));
}

/** `By Dana Ospanova (correspondent) and Iker Sala`; null for a story that names nobody. */
export function printByline({ authors, language }: PublishedArticle): string | null {
  const names = authors.map(({ name, role }) => (role ? `${name} (${role})` : name));
  const last = names.pop();
  if (last === undefined) return null;
  const { by, and } = wordingFor(language);
  return `${by} ${names.length > 0 ? `${names.join(', ')} ${and} ` : ''}${last}`;
}

/** `Published … Updated …`, the second where there was a later publication. */
export function printTimes({ firstPublishedAt, publishedAt, language }: PublishedArticle): string {
  const { published, updated } = wordingFor(language);
  const first = `${published} ${printTime(firstPublishedAt, language)}`;
  return publishedAt === firstPublishedAt ? first : `${first}. ${updated} ${printTime(publishedAt, language)}`;
}

/** The first line of a form that has no better place to say so; null for what is published. */
export function printPreview({ preview }: RenderContext, language: string): string | null {
  if (!preview) return null;
  const wording = wordingFor(language);
  return `[${wording.preview} ${wording.previewUntil} ${printTime(preview.expiresAt, language)}.]`;
}

/** What readers were told: the note on this version first, then every public note with its kind and, if there is one, time. */
export function labelledNotes({
  advisory,
  notes,
  language,
}: PublishedArticle): { label: string; text: string; at?: string; kind: PublicationKind | 'advisory' }[] {
  const wording = wordingFor(language).notes;
  return [
    ...(advisory === null ? [] : [{ kind: 'advisory' as const, label: wording.update, text: advisory }]),
    ...notes.map(({ kind, text, at }) => ({ kind, label: wording[kind], text, at })),
  ];
}

const providers: Readonly<Record<Extract<Block, { _type: 'embed' }>['provider'], string>> = {
  youtube: 'YouTube',
  vimeo: 'Vimeo',
  x: 'X',
  instagram: 'Instagram',
  tiktok: 'TikTok',
  bluesky: 'Bluesky',
  spotify: 'Spotify',
  soundcloud: 'SoundCloud',
  datawrapper: 'Datawrapper',
  flourish: 'Flourish',
};

/** What a link to embedded content says: no form but a site's own plays it. */
export function embedLabel({ provider }: Extract<Block, { _type: 'embed' }>, language: string): string {
  return `${wordingFor(language).seeOn} ${providers[provider]}`;
}
