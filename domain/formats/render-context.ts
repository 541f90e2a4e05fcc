/** What a form has to know beside the document. `preview` is there when a working copy is shown to whoever holds its link. */
export type RenderContext = { publicationName: string; preview?: { expiresAt: string } };
