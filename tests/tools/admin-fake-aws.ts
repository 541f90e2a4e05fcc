// As much of CloudFormation and Cognito as tools/admin talks to, on a loopback port: it keeps users, records each call,
// and fails where a test says so.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type FakeUser = {
  email: string;
  status: string;
  enabled: boolean;
  groups: string[];
  password?: string;
  /** The code that the authenticator app shows, if there is one. */
  code?: string;
};

export type FakeStack = { status: string; outputs: Record<string, string> };
export type Call = { operation: string; input: Record<string, unknown> };
type Input = Record<string, string> & { AuthParameters: Record<string, string> } & {
  ChallengeResponses: Record<string, string>;
  UserAttributes: { Name: string; Value: string }[];
};
type Failure = { name: string; message: string; status?: number };

export class FakeAws {
  readonly calls: Call[] = [];
  readonly stacks = new Map<string, FakeStack>();
  readonly users = new Map<string, FakeUser>();
  /** What an operation fails with, until it is deleted. */
  readonly failures = new Map<string, Failure>();
  /** What the rerendering function answers, one call after the other. */
  readonly progress: object[] = [];
  readonly #server = createServer(async (request, response) => {
    const { status, type, body } = this.#answer(request, await text(request));
    response.writeHead(status, { 'content-type': type }).end(body);
  });

  static async start(): Promise<FakeAws> {
    const aws = new FakeAws();
    aws.#server.listen(0, '127.0.0.1');
    await once(aws.#server, 'listening');
    const outputs = { UserPoolId: 'eu-west-1_pool', UserPoolClientId: 'people', EditorialApiUrl: 'https://desk.test' };
    aws.stacks.set('Dateline-dev', { status: 'CREATE_COMPLETE', outputs });
    return aws;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** What Cognito was asked for, in order. */
  get asked(): string[] {
    return this.calls.map(({ operation }) => operation).filter((operation) => operation !== 'DescribeStacks');
  }

  /** What changed something. */
  get changes(): string[] {
    return this.asked.filter((operation) => !/Get|List|Auth|Describe|Token/.test(operation));
  }

  inputOf(operation: string): Record<string, unknown> | undefined {
    return this.calls.findLast((call) => call.operation === operation)?.input;
  }

  addUser(name: string, user: Partial<FakeUser> = {}): FakeUser {
    const whole = { email: `${name}@example.org`, status: 'CONFIRMED', enabled: true, groups: [], ...user };
    this.users.set(name, whole);
    return whole;
  }

  #answer(request: IncomingMessage, body: string): { status: number; type: string; body: string } {
    const target = request.headers['x-amz-target'];
    if (request.url === '/oauth2/token') return this.#token(request, body);
    if (request.url?.endsWith('/invalidation')) return this.#invalidate(request.url, body);
    if (request.url?.endsWith('/invocations')) return this.#invoke(request.url, body);
    if (typeof target !== 'string') return this.#describeStacks(new URLSearchParams(body));
    const operation = target.split('.')[1] ?? '';
    const input = JSON.parse(body) as Input;
    this.calls.push({ operation, input });
    try {
      const failure = this.failures.get(operation);
      if (failure) throw new Refusal(failure.name, failure.message);
      return { status: 200, type: 'application/x-amz-json-1.1', body: JSON.stringify(this.#cognito(operation, input)) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const refusal = JSON.stringify({ __type: error.name, message: error.message });
      return { status: 400, type: 'application/x-amz-json-1.1', body: refusal };
    }
  }

  #describeStacks(query: URLSearchParams): { status: number; type: string; body: string } {
    const name = query.get('StackName');
    this.calls.push({ operation: 'DescribeStacks', input: Object.fromEntries(query) });
    const failure = this.failures.get(name ? 'DescribeStacks' : 'DescribeStacks of all');
    if (failure) return xmlError(failure);
    const found = [...this.stacks].filter(([stack]) => name === null || stack === name);
    if (name !== null && found.length === 0)
      return xmlError({ name: 'ValidationError', message: `Stack with id ${name} does not exist` });
    const members = found.map(([stack, { status, outputs }]) => {
      const pairs = Object.entries(outputs).map(
        ([key, value]) =>
          `<member><OutputKey>${key}</OutputKey><OutputValue>${value.replaceAll('"', '&quot;')}</OutputValue></member>`,
      );
      return (
        `<member><StackName>${stack}</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime>` +
        `<StackStatus>${status}</StackStatus><Outputs>${pairs.join('')}</Outputs></member>`
      );
    });
    const body =
      '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>' +
      `<Stacks>${members.join('')}</Stacks></DescribeStacksResult></DescribeStacksResponse>`;
    return { status: 200, type: 'text/xml', body };
  }

  #invalidate(url: string, body: string): { status: number; type: string; body: string } {
    const paths = [...body.matchAll(/<Path>([^<]*)/g)].map(([, path]) => path);
    this.calls.push({ operation: `Invalidate ${url.split('/')[3]}`, input: { paths } });
    const failure = this.failures.get('Invalidate');
    if (failure) return xmlError(failure);
    return { status: 201, type: 'text/xml', body: '<Invalidation><Id>I1</Id></Invalidation>' };
  }

  #invoke(url: string, body: string): { status: number; type: string; body: string } {
    this.calls.push({ operation: `Invoke ${url.split('/')[3]}`, input: JSON.parse(body) });
    return { status: 200, type: 'application/json', body: JSON.stringify(this.progress.shift()) };
  }

  #token(request: IncomingMessage, body: string): { status: number; type: string; body: string } {
    const { authorization } = request.headers;
    this.calls.push({ operation: 'POST /oauth2/token', input: { authorization, body } });
    const failure = this.failures.get('POST /oauth2/token');
    return failure
      ? { status: failure.status ?? 400, type: 'application/json', body: JSON.stringify({ error: failure.name }) }
      : { status: 200, type: 'application/json', body: JSON.stringify({ access_token: 'machine-token' }) };
  }

  #cognito(operation: string, input: Input): object {
    if (operation === 'AdminCreateUser') return this.#create(input);
    if (operation === 'AdminInitiateAuth') return this.#signIn(input);
    if (operation === 'AdminRespondToAuthChallenge') return this.#respond(input);
    if (operation === 'DescribeUserPoolClient')
      return {
        UserPoolClient: { ClientId: input.ClientId, ClientSecret: input.ClientId === 'people' ? undefined : 's3' },
      };
    if (operation.startsWith('ListUsers')) return this.#list(input);
    const user = this.#user(input.Username);
    switch (operation) {
      case 'AdminGetUser':
        return { ...cognitoUser(input.Username ?? '', user), UserAttributes: attributesOf(user) };
      case 'AdminListGroupsForUser':
        return { Groups: user.groups.map((GroupName) => ({ GroupName })) };
      case 'AdminSetUserPassword':
        Object.assign(user, { password: input.Password, status: 'CONFIRMED' });
        return {};
      case 'AdminAddUserToGroup':
        user.groups.push(input.GroupName ?? '');
        return {};
      case 'AdminRemoveUserFromGroup':
        user.groups = user.groups.filter((group) => group !== input.GroupName);
        return {};
      case 'AdminDisableUser':
      case 'AdminEnableUser':
        user.enabled = operation === 'AdminEnableUser';
        return {};
      case 'AdminDeleteUser':
        this.users.delete(input.Username ?? '');
        return {};
      case 'AdminUserGlobalSignOut':
        return {};
      default:
        throw new Refusal('UnknownOperationException', operation);
    }
  }

  #user(name = ''): FakeUser {
    const user = this.users.get(name);
    if (user) return user;
    throw new Refusal('UserNotFoundException', 'User does not exist.');
  }

  #create({ Username = '', UserAttributes }: Input): object {
    if (this.users.has(Username)) throw new Refusal('UsernameExistsException', 'User account already exists');
    const email = UserAttributes.find(({ Name }) => Name === 'email')?.Value ?? '';
    return { User: cognitoUser(Username, this.addUser(Username, { email, status: 'FORCE_CHANGE_PASSWORD' })) };
  }

  /** Pages of one, so that whoever reads the first page only is found out. */
  #list({ GroupName, PaginationToken, NextToken }: Input): object {
    const all = [...this.users].filter(([, { groups }]) => !GroupName || groups.includes(GroupName));
    const at = Number(PaginationToken ?? NextToken ?? 0);
    const next = at + 1 < all.length ? String(at + 1) : undefined;
    const Users = all.slice(at, at + 1).map(([name, user]) => ({
      ...cognitoUser(name, user),
      Attributes: attributesOf(user),
    }));
    return { Users, ...(next && (GroupName ? { NextToken: next } : { PaginationToken: next })) };
  }

  #signIn({ AuthParameters: { USERNAME = '', PASSWORD } }: Input): object {
    const user = this.users.get(USERNAME);
    // As the app client has it: a name that is not there is answered like a wrong password.
    if (!user || user.password !== PASSWORD)
      throw new Refusal('NotAuthorizedException', 'Incorrect username or password.');
    if (!user.enabled) throw new Refusal('NotAuthorizedException', 'User is disabled.');
    const challenge =
      user.status === 'FORCE_CHANGE_PASSWORD' ? 'NEW_PASSWORD_REQUIRED' : user.code && 'SOFTWARE_TOKEN_MFA';
    return challenge ? challengeFor(USERNAME, challenge) : tokensOf(USERNAME);
  }

  #respond({ ChallengeName, ChallengeResponses: responses }: Input): object {
    const name = responses.USERNAME ?? '';
    const user = this.#user(name);
    if (ChallengeName === 'NEW_PASSWORD_REQUIRED') {
      Object.assign(user, { password: responses.NEW_PASSWORD, status: 'CONFIRMED' });
      return user.code ? challengeFor(name, 'SOFTWARE_TOKEN_MFA') : tokensOf(name);
    }
    if (responses.SOFTWARE_TOKEN_MFA_CODE !== user.code) throw new Refusal('CodeMismatchException', 'Invalid code');
    return tokensOf(name);
  }
}

class Refusal extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const xmlError = ({ name, message, status = 400 }: Failure) => ({
  status,
  type: 'text/xml',
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${name}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});
const cognitoUser = (Username: string, { enabled, status }: FakeUser) => ({
  Username,
  Enabled: enabled,
  UserStatus: status,
});
const attributesOf = ({ email }: FakeUser) => [
  { Name: 'sub', Value: 'a-sub' },
  { Name: 'email', Value: email },
];
const tokensOf = (name: string) => ({ AuthenticationResult: { AccessToken: `token-of-${name}`, ExpiresIn: 3600 } });
const challengeFor = (name: string, ChallengeName: string) => ({
  ChallengeName,
  Session: `session-of-${name}`,
  ChallengeParameters: { USER_ID_FOR_SRP: name },
});
