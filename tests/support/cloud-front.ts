import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';

export type Invalidation = { distribution: string; paths: string[]; reference: string };

/** Stands in for CloudFront, which has no local engine: takes invalidations, and refuses them when told to. */
export type CloudFront = { asked: Invalidation[]; refusal: { status: number; code: string } | undefined };

const texts = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((match) => match[1] ?? '');

/** Answers what `functions/purge-edge` asks for, where the SDK is told to look for CloudFront. */
export function useCloudFront(): CloudFront {
  const cloudFront: CloudFront = { asked: [], refusal: undefined };
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const xml = Buffer.concat(chunks).toString('utf8');
    const [, distribution = ''] = /distribution\/([^/]+)\/invalidation$/.exec(incoming.url ?? '') ?? [];
    cloudFront.asked.push({
      distribution,
      paths: texts(xml, 'Path'),
      reference: texts(xml, 'CallerReference')[0] ?? '',
    });
    const { refusal } = cloudFront;
    outgoing.writeHead(refusal?.status ?? 201, { 'content-type': 'text/xml' });
    outgoing.end(
      refusal
        ? `<ErrorResponse><Error><Type>Sender</Type><Code>${refusal.code}</Code><Message>no</Message></Error></ErrorResponse>`
        : `<Invalidation><Id>I${cloudFront.asked.length}</Id><Status>InProgress</Status></Invalidation>`,
    );
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    process.env.AWS_ENDPOINT_URL_CLOUDFRONT = `http://127.0.0.1:${port}`;
  });
  beforeEach(() => {
    cloudFront.asked.length = 0;
    cloudFront.refusal = undefined;
  });
  afterAll(() => {
    delete process.env.AWS_ENDPOINT_URL_CLOUDFRONT;
    server.closeAllConnections();
    server.close();
  });
  return cloudFront;
}
