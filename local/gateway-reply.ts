import type { ServerResponse } from 'node:http';

/** What a function answers with: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export type FunctionReply = {
  statusCode?: number;
  headers?: Record<string, string | number | boolean>;
  body?: string;
  isBase64Encoded?: boolean;
  cookies?: string[];
};

export type Outgoing = {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
};

/** Lambda's limit on a reply, in bytes (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
const largestReply = 6 * 1024 * 1024;

/** The function's reply as it goes out. Throws for what API Gateway would answer with a 500. */
export function outgoing(reply: unknown): Outgoing {
  if (typeof reply !== 'object' || reply === null) throw new Error('The function did not answer with an object.');
  const { statusCode = 200, headers = {}, body = '', isBase64Encoded, cookies } = reply as FunctionReply;
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599)
    throw new Error(`The function answered with the status ${statusCode}.`);
  if (typeof body !== 'string') throw new Error('The function answered with a body that is no text.');
  if (body.length > largestReply) throw new Error(`The function answered with more than ${largestReply} bytes.`);
  const sent: Outgoing['headers'] = {};
  for (const name of Object.keys(headers)) sent[name.toLowerCase()] = String(headers[name]);
  if (cookies && cookies.length > 0) sent['set-cookie'] = cookies;
  return { status: statusCode, headers: sent, body: isBase64Encoded ? Buffer.from(body, 'base64') : body };
}

/** A reply of the gateway itself, as API Gateway words its own. */
export function message(status: number, text: string, headers: Record<string, string> = {}): Outgoing {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message: text }),
  };
}

export function send(response: ServerResponse, { status, headers, body }: Outgoing): void {
  const hasBody = status !== 204 && status !== 304;
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  // A function may leave the body of a HEAD out, and then its length is not known here.
  const isHead = response.req.method === 'HEAD';
  if (hasBody && !(isHead && length === 0)) headers['content-length'] = String(length);
  response.writeHead(status, headers);
  response.end(hasBody && !isHead ? body : undefined);
}
