import type { IncomingMessage } from 'node:http';

/** A client that is cut off while it sends never reads the answer, so what is too much is heard out, within reason. */
const patience = 4;

/** The request's body, or undefined without one, or `too large` above `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined | 'too large'> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    if (size > limit * patience) break;
  }
  return size > limit ? 'too large' : Buffer.concat(chunks);
}
