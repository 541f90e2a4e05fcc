import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Hash } from '@smithy/hash-node';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { region, rootUser } from './emulator.ts';

export type Item = Record<string, AttributeValue>;
/** All items of a table, by their keys. */
export type Items = ReadonlyMap<string, Item>;

/** In milliseconds: an emulator that hangs must not hang the test. */
const longestWait = 60_000;

/** The emulator as whoever runs the account sees it. */
export class Aws {
  readonly cloudFormation: CloudFormationClient;
  readonly cloudFront: CloudFrontClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly dynamodb: DynamoDBClient;
  readonly #lambda: LambdaClient;
  readonly #url: URL;

  constructor(endpoint: string) {
    const requestHandler = { requestTimeout: longestWait };
    const settings = { endpoint, region, credentials: rootUser, requestHandler };
    this.cloudFormation = new CloudFormationClient(settings);
    this.cloudFront = new CloudFrontClient(settings);
    this.cognito = new CognitoIdentityProviderClient(settings);
    this.dynamodb = new DynamoDBClient(settings);
    this.#lambda = new LambdaClient(settings);
    this.#url = new URL(endpoint);
  }

  async items(table: string): Promise<Items> {
    const found = new Map<string, Item>();
    for await (const { Items = [] } of paginateScan({ client: this.dynamodb }, { TableName: table }))
      for (const item of Items) found.set(`${item.pk?.S} ${item.sk?.S}`, item);
    return found;
  }

  /** Calls a function as `aws lambda invoke` does, and gives what it returns. */
  async invoke<Reply>(FunctionName: string): Promise<Reply> {
    const { FunctionError, Payload } = await this.#lambda.send(new InvokeCommand({ FunctionName }));
    const text = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError) throw new Error(`${FunctionName} failed: ${text}`);
    return JSON.parse(text) as Reply;
  }

  /** An operation of a service that speaks JSON and whose client the project has no other use for. */
  async json<Reply>(service: string, target: string, input: object): Promise<Reply> {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    return JSON.parse(await this.#send(service, headers, JSON.stringify(input))) as Reply;
  }

  /** The same for one that speaks XML, as IAM does. */
  async query(service: string, input: Record<string, string>): Promise<string> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return await this.#send(service, headers, new URLSearchParams(input).toString());
  }

  async #send(service: string, headers: Record<string, string>, body: string): Promise<string> {
    const { protocol, hostname, port, host } = this.#url;
    const signer = new SignatureV4({ service, region, credentials: rootUser, sha256: Hash.bind(null, 'sha256') });
    const signed = await signer.sign(
      new HttpRequest({
        protocol,
        hostname,
        port: Number(port),
        method: 'POST',
        path: '/',
        headers: { host, ...headers },
        body,
      }),
    );
    const { host: _host, ...signedHeaders } = signed.headers;
    const answer = await fetch(this.#url, {
      method: 'POST',
      headers: signedHeaders,
      body,
      signal: AbortSignal.timeout(longestWait),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${service} answered ${answer.status}: ${text}`);
    return text;
  }
}
