import { readFile, rename, writeFile } from 'node:fs/promises';

/** How far reactions have come in a stream: of each shard the sequence number of the last record that they are done with. */
export type StreamPosition = { stream: string; shards: Record<string, string> };

/** What was noted of this stream; of another one, or where nothing can be read, that is nothing. */
export async function readPosition(path: string | undefined, stream: string): Promise<StreamPosition> {
  const none = { stream, shards: {} };
  if (path === undefined) return none;
  try {
    const noted = JSON.parse(await readFile(path, 'utf8')) as StreamPosition;
    return noted.stream === stream ? noted : none;
  } catch {
    return none;
  }
}

/** All of it or nothing: a position that is lost costs reactions to what they have reacted to, and a wrong one events. */
export async function writePosition(path: string, position: StreamPosition): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, JSON.stringify(position));
  await rename(draft, path);
}
