import { gzipSync } from 'node:zlib';
import { AppError } from '../../contract/errors.ts';
import type { Reply, Request } from './request.ts';

/** Bytes. Lambda answers at most 6 MB, and has headers to answer as well. */
const largestReply = 5_500_000;

/**
 * The reply, if Lambda can answer with it, gzipped where that helps and is taken. A megabyte of ampersands is five of HTML, and
 * two texts that have nothing in common are compared by all the words of both. Throws `too_large`.
 */
export function answerable({ header }: Pick<Request, 'header'>, reply: Reply): Reply {
  // A character of UTF-16 is at most three bytes.
  if (reply.isBase64Encoded || reply.body.length * 3 <= largestReply) return reply;
  const bytes = Buffer.byteLength(reply.body);
  if (bytes <= largestReply) return reply;
  if (acceptsGzip(header('accept-encoding'))) {
    const body = gzipSync(reply.body).toString('base64');
    if (body.length <= largestReply)
      return { ...reply, headers: { ...reply.headers, 'content-encoding': 'gzip' }, body, isBase64Encoded: true };
  }
  throw new AppError(
    'too_large',
    `The answer is ${bytes} bytes, and at most ${largestReply} can be sent. Take it gzipped, or in another form.`,
  );
}

/** RFC 9110 §12.5.3: named or by `*`, and not with a weight of zero. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const codings = (acceptEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.split(';').map((part) => part.trim()));
  const match = codings.find(([name]) => name === 'gzip') ?? codings.find(([name]) => name === '*');
  return match !== undefined && !match.slice(1).some((weight) => /^q=0(\.0*)?$/.test(weight));
}
