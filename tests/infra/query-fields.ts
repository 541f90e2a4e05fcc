/** The words of a query that are no strings, functions, names that it gives itself, or the language's own. */
export function fieldsIn(text: string): string[] {
  const language = /^(filter|fields|stats|sort|limit|by|as|and|or|in|like|asc|desc)$/;
  const bare = text.replace(/"[^"]*"/g, '');
  const given = [...bare.matchAll(/ as (\w+)/g)].map(([, name]) => name);
  const words = [...bare.matchAll(/(?<![@\w])[a-z]\w*(?![\w(])/gi)].map(([word]) => word);
  return [...new Set(words)].filter((word) => !language.test(word) && !given.includes(word));
}
