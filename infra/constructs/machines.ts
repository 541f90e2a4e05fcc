import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  OAuthScope,
  ResourceServerScope,
  type UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { type Role, roles, scopePrefix } from '../../contract/roles.ts';
import type { StageSettings } from '../stage-settings.ts';

const scopeDescriptions: Readonly<Record<Role, string>> = {
  contributor: 'Send stories and edit drafts',
  editor: 'Edit, publish and take down any article',
  admin: 'All that editors may, and run the newsroom',
};

/**
 * The machines that the stage names: wire ingest, importers, sites. Each has a client of its own whose credentials it
 * exchanges for a token, and whose scope is its role. Its secret is in Cognito, in no template and in no output.
 */
export class Machines extends Construct {
  readonly clients: Readonly<Record<string, UserPoolClient>>;
  /** Where credentials are exchanged for a token, by `grant_type=client_credentials`. */
  readonly tokenUrl: string;

  constructor(scope: Construct, id: string, userPool: UserPool, { machines }: StageSettings) {
    super(scope, id);
    const scopes = roles.map(
      (role) => new ResourceServerScope({ scopeName: role, scopeDescription: scopeDescriptions[role] }),
    );
    const server = userPool.addResourceServer('Roles', { identifier: scopePrefix.slice(0, -1), scopes });
    const domain = userPool.addDomain('TokenEndpoint', {
      // A Region has one namespace for these prefixes, so the account is in it.
      cognitoDomain: { domainPrefix: `${Stack.of(this).stackName.toLowerCase()}-${Aws.ACCOUNT_ID}` },
    });
    this.tokenUrl = `${domain.baseUrl()}/oauth2/token`;
    const clients = Object.entries(machines).map(([name, role]) => {
      const scope = OAuthScope.resourceServer(server, scopes[roles.indexOf(role)] as ResourceServerScope);
      return [name, newClient(userPool, name, scope)];
    });
    this.clients = Object.fromEntries(clients);
  }

  /** `{"wire-ingest":"<client id>"}`: a token tells its bearer's id alone. */
  clientIds(): string {
    const ids = Object.entries(this.clients).map(([name, { userPoolClientId }]) => [name, userPoolClientId]);
    return Stack.of(this).toJsonString(Object.fromEntries(ids));
  }
}

function newClient(userPool: UserPool, name: string, scope: OAuthScope): UserPoolClient {
  return userPool.addClient(`Machine-${name}`, {
    userPoolClientName: name,
    generateSecret: true,
    oAuth: { flows: { clientCredentials: true }, scopes: [scope] },
    // Named, since a client without any has Cognito's default, by which people sign in with a password.
    authFlows: { userSrp: false },
    preventUserExistenceErrors: true,
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(1),
  });
}
