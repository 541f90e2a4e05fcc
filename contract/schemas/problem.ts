import * as z from 'zod/mini';
import { type ErrorCode, errors } from '../errors.ts';

/** Every error of ours: RFC 9457 problem details, with our code and, for bad input, each offending field. */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  code: z.enum(Object.keys(errors) as [ErrorCode]),
  /** Of a killed story: what its readers are told, since when, and its headline where that was kept. */
  notice: z.optional(z.string()),
  killedAt: z.optional(z.string()),
  headline: z.optional(z.string()),
  errors: z.optional(z.array(z.strictObject({ pointer: z.string(), detail: z.string() }))),
});
export type Problem = z.infer<typeof problemSchema>;

/** What API Gateway's JWT authorizer answers before a function is reached. */
export const gatewayMessageSchema = z.strictObject({ message: z.string() });

export const healthSchema = z.strictObject({ status: z.literal('ok'), commit: z.string() });
