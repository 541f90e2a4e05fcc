import {
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { edgeKeyHeader } from '../../contract/environment.ts';
import type { Aws, Items } from './aws.ts';
import { stackName } from './cdk.ts';

export type Call = {
  method?: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';
  token?: string | undefined;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
};

export type Answer<Body = Problem> = {
  status: number;
  headers: Headers;
  text: string;
  /** The reply, when it is JSON. */
  json: Body;
};

export type Problem = { code?: string; message?: string };

/** The deployed stage as its callers see it, and as CloudFormation does. */
export class Stage {
  readonly aws: Aws;
  readonly #url: string;
  #resources: readonly StackResource[] = [];
  #edgeKey: string | undefined;
  outputs: Readonly<Record<string, string>> = {};

  constructor(aws: Aws, url: string) {
    this.aws = aws;
    this.#url = url;
  }

  /** Looks what is deployed now. */
  async look(): Promise<void> {
    const named = { StackName: stackName };
    const { Stacks = [] } = await this.aws.cloudFormation.send(new DescribeStacksCommand(named));
    const outputs = Stacks[0]?.Outputs ?? [];
    this.outputs = Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
    const { StackResources = [] } = await this.aws.cloudFormation.send(new DescribeStackResourcesCommand(named));
    this.#resources = StackResources;
    this.#edgeKey = await this.#newestEdgeKey();
  }

  async status(): Promise<string | undefined> {
    const { Stacks = [] } = await this.aws.cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks[0]?.StackStatus;
  }

  /** What AWS calls a resource of the stack, by its type and the beginning of its logical id; undefined without one. */
  resource(type: string, logicalId: string): string | undefined {
    return this.resources(type, logicalId)[0];
  }

  resources(type: string, logicalId: string): string[] {
    return this.#resources.flatMap(({ ResourceType, LogicalResourceId = '', PhysicalResourceId }) =>
      ResourceType === type && LogicalResourceId.startsWith(logicalId) && PhysicalResourceId
        ? [PhysicalResourceId]
        : [],
    );
  }

  /** Asks the content API. */
  async content<Body = Problem>(path: string, call: Call = {}): Promise<Answer<Body>> {
    return await this.#ask(this.resource('AWS::ApiGatewayV2::Api', 'ContentApi'), path, call);
  }

  /** Asks the preview API. */
  async preview<Body = Problem>(path: string, call: Call = {}): Promise<Answer<Body>> {
    return await this.#ask(this.resource('AWS::ApiGatewayV2::Api', 'PreviewApi'), path, call);
  }

  /** Asks the editorial API. */
  async editorial<Body = Problem>(path: string, call: Call = {}): Promise<Answer<Body>> {
    return await this.#ask(this.resource('AWS::ApiGatewayV2::Api', 'EditorialApi'), path, call);
  }

  async #ask<Body>(api: string | undefined, path: string, call: Call): Promise<Answer<Body>> {
    const { method = call.body === undefined ? 'GET' : 'POST', token, headers = {}, body } = call;
    // The APIs' own host names lead to AWS, or to nobody.
    const answer = await fetch(`${this.#url}/_aws/execute-api/${api}/$default${path}`, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(60_000),
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#edgeKey === undefined ? {} : { [edgeKeyHeader]: this.#edgeKey }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: parsed<Body>(text) };
  }

  /** Everything that the newsroom has stored. */
  async items(): Promise<{ editorial: Items; content: Items }> {
    const { EditorialTableName = '', ContentTableName = '' } = this.outputs;
    return {
      editorial: await this.aws.items(EditorialTableName),
      content: await this.aws.items(ContentTableName),
    };
  }

  /** What CloudFront shows to the APIs, where the stage has it: there is nobody here to show it but the test. */
  async #newestEdgeKey(): Promise<string | undefined> {
    const secret = this.resource('AWS::SecretsManager::Secret', 'OriginKey');
    if (!secret) return undefined;
    const { SecretString } = await this.aws.json<{ SecretString: string }>(
      'secretsmanager',
      'secretsmanager.GetSecretValue',
      { SecretId: secret },
    );
    return SecretString;
  }
}

function parsed<Body>(text: string): Body {
  try {
    return JSON.parse(text);
  } catch {
    return {} as Body;
  }
}
