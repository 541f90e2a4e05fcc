import { Aws, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { type Role, roles } from '../../contract/roles.ts';
import type { StageSettings } from '../stage-settings.ts';
import { Machines } from './machines.ts';

const groupDescriptions: Readonly<Record<Role, string>> = {
  contributor: 'Writes articles and edits drafts',
  editor: 'Edits, publishes and takes down any article',
  admin: 'Does all that editors do, and runs the newsroom',
};

/** Who works in the newsroom: a Cognito user pool whose groups, and whose machines' scopes, are the roles of `contract/roles.ts`. */
export class Identity extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** Absent where the stage names no machines: each costs, and so does nothing while there are none. */
  readonly machines?: Machines;

  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    const removalPolicy = settings.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.userPool = newUserPool(this, settings, removalPolicy);
    acknowledge(this.userPool);
    roles.forEach((role, strength) => {
      const group = this.userPool.addGroup(role, {
        groupName: role,
        description: groupDescriptions[role],
        // Cognito's way round: the lower number takes precedence.
        precedence: roles.length - strength,
      });
      // With a group go its memberships, which is to say who may publish.
      group.applyRemovalPolicy(removalPolicy);
    });
    this.client = newClient(this.userPool);
    // Not `userPoolProviderUrl`, which emulators resolve to another host.
    if (Object.keys(settings.machines).length > 0)
      this.machines = new Machines(this, 'Machines', this.userPool, settings);
    this.issuer = `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}/${this.userPool.userPoolId}`;
  }
}

function acknowledge(userPool: UserPool): void {
  Validations.of(userPool).acknowledge(
    {
      id: 'AwsSolutions-COG2',
      reason:
        'Every user may turn on an authenticator app, and docs/users.md shows how to see who has. Cognito can require it only ' +
        'together with a sign-in page that enrols people, and that belongs to the newsroom’s client and not to this stack. ' +
        'Nobody can sign up, passwords have 12 characters of four kinds, and a token ends within the hour.',
    },
    {
      id: 'AwsSolutions-COG8',
      reason:
        'The plus plan is charged by user from the first one. A pool without sign-up, whose users an administrator makes, ' +
        'has few of the attacks that it detects; a newsroom that wants it changes the plan of the pool without replacing it.',
    },
  );
}

/** Sign-in names, required attributes and their case can't be changed once a pool exists: that would replace it. */
function newUserPool(scope: Construct, settings: StageSettings, removalPolicy: RemovalPolicy): UserPool {
  return new UserPool(scope, 'Users', {
    selfSignUpEnabled: false,
    // The user name is what the history of an article shows, so it is chosen and not generated.
    signInAliases: { username: true, email: true },
    signInCaseSensitive: false,
    standardAttributes: { email: { required: true, mutable: true } },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    deletionProtection: settings.keepsData,
    removalPolicy,
  });
}

function newClient(userPool: UserPool): UserPoolClient {
  return userPool.addClient('People', {
    // Runs in browsers and on laptops, where a secret would be none.
    generateSecret: false,
    // The admin flow is for scripts: it takes AWS credentials with cognito-idp:AdminInitiateAuth beside the password.
    authFlows: { userSrp: true, adminUserPassword: true },
    // No sign-in page is deployed, so there is nothing to redirect to.
    disableOAuth: true,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    // One sign-in lasts a shift. A role that is taken away ends with the access token, within the hour.
    refreshTokenValidity: Duration.hours(12),
  });
}
