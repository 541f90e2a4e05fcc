import type { EditorialSection } from '../../contract/schemas/section.ts';
import type { Answer, Call } from '../support/desk.ts';
import type { Newsroom } from './newsroom.ts';

type Change = (section: string, version: number, name: string) => Promise<Answer>;

/** How an admin changes the sections. */
export type Taxonomy = {
  add: (section: string, name: string) => Promise<Answer>;
  rename: Change;
  merge: Change;
  remove: (section: string, version: number) => Promise<Answer>;
  sections: () => Promise<EditorialSection[]>;
};

export function useTaxonomy({ call }: Newsroom): Taxonomy {
  const as = (section: string, headers: Record<string, string>, more: Call = {}): Call => ({
    role: 'admin',
    path: { section },
    headers,
    ...more,
  });
  const at = (version: number) => ({ 'if-match': `"${version}"` });
  return {
    add: (section, name) => call('putSection', as(section, { 'if-none-match': '*' }, { body: { name } })),
    rename: (section, version, name) => call('putSection', as(section, at(version), { body: { name } })),
    merge: (section, version, into) => call('deleteSection', as(section, at(version), { query: `mergeInto=${into}` })),
    remove: (section, version) => call('deleteSection', as(section, at(version))),
    sections: async () => (await call('listSections')).json.items,
  };
}
