import { AppError, invalidField } from '../../contract/errors.ts';
import { fieldErrors } from '../../contract/field-errors.ts';
import { unreadableText } from '../../contract/readable-text.ts';
import { largestBody, type RequestBody } from '../../contract/route.ts';
import type { HttpEvent } from './request.ts';

/** The body as its route wants it. Throws `unsupported_media_type`, `too_large`, `invalid_request`. */
export function parseBody(description: RequestBody, event: HttpEvent): unknown {
  const absent = event.body === undefined || event.body === '';
  if (absent && 'optional' in description && description.optional) return parseJson(description, '{}');
  assertMediaType(description.mediaTypes, event.headers['content-type']);
  const text = textOf(event);
  if ('schema' in description) return parseJson(description, text);
  const unreadable = unreadableText(text);
  if (unreadable) throw invalidField('', `the text ${unreadable}`);
  return text;
}

function assertMediaType(allowed: readonly string[], header: string | undefined): void {
  const [type = '', ...parameters] = (header ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  const utf8 = charset === undefined || charset.replaceAll('"', '') === 'utf-8';
  if (allowed.includes(type) && utf8) return;
  throw new AppError(
    'unsupported_media_type',
    `Content-Type must be ${allowed.join(' or ')}, in UTF-8, and it is ${header ? JSON.stringify(header.slice(0, 100)) : 'missing'}.`,
  );
}

function textOf({ body = '', isBase64Encoded }: HttpEvent): string {
  const bytes = isBase64Encoded ? Buffer.from(body, 'base64') : undefined;
  const size = bytes?.byteLength ?? Buffer.byteLength(body);
  if (size > largestBody)
    throw new AppError('too_large', `The body is ${size} bytes, and at most ${largestBody} are taken.`);
  if (!bytes) return body;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('invalid_request', 'The body is not valid UTF-8.', {
      cause,
      fields: [{ pointer: '', detail: 'must be valid UTF-8' }],
    });
  }
}

function parseJson({ schema }: Extract<RequestBody, { schema: unknown }>, text: string): unknown {
  const value = jsonOf(text);
  const result = parsed(schema, value);
  if (result.success) return result.data;
  const fields = fieldErrors(result.error, value);
  const named = fields.map(({ pointer, detail }) => `${pointer || 'the document'} ${detail}`).join('; ');
  throw new AppError('invalid_request', named.slice(0, 2000), { fields });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const detail = `is not valid JSON: ${(cause as Error).message.replace(/\s+/g, ' ').slice(0, 200)}`;
    throw new AppError('invalid_request', `The body ${detail}`, { cause, fields: [{ pointer: '', detail }] });
  }
}

function parsed(schema: Extract<RequestBody, { schema: unknown }>['schema'], value: unknown) {
  try {
    return schema.safeParse(value);
  } catch (cause) {
    // Schemas recurse into `extras`; a hundred thousand brackets would otherwise be answered as our fault.
    if (cause instanceof RangeError && /call stack/.test(cause.message)) throw invalidField('', 'is nested too deeply');
    throw cause;
  }
}
