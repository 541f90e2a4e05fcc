import type { Dateline } from '../../contract/schemas/dateline.ts';
import type { WireLayout } from './layout.ts';

export interface WireSection {
  slug: string;
  name: string;
}

/** A line that is no content. `line` counts from 1. */
export interface DroppedLine {
  line: number;
  text: string;
  reason: string;
}

/** What could not be read or placed. `line` counts from 1, or is null when it is about the whole copy. */
export interface WireWarning {
  line: number | null;
  text: string;
}

/** An agency's text, read. Plain data: it survives JSON. Texts are NFC-normalized and have plain spaces. */
export interface WireCopy {
  section: WireSection | null;
  headline: string | null;
  /** The notes on this version, one a line. */
  advisory: string | null;
  dateline: Dateline | null;
  /** The first without the dateline, the last without the sign-off. */
  paragraphs: string[];
  signOff: string | null;
  agency: string | null;
  /** The headlines of a "Related Articles" box. */
  related: string[];
  dropped: DroppedLine[];
  warnings: WireWarning[];
  layout: WireLayout;
}

export interface WireCopyOptions {
  /** The year of a date that is printed without one. */
  year?: number;
  /** `YYYY-MM-DD`: without `year`, a date is the latest that is not after this day. */
  today?: string;
  /** The sections that exist. Without them every section is taken, with a slug made of its name. */
  sections?: readonly WireSection[];
}
