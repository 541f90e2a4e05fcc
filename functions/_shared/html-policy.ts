/** Of a page that shows an article: pictures from anywhere, and nothing else. */
export const htmlPolicy =
  "default-src 'none'; img-src https: http: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
