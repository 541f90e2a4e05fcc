import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AdminError } from '../../tools/admin/admin-error.ts';
import { explainError } from '../../tools/admin/explain-error.ts';
import { admin } from './admin-command.ts';
import { FakeAws, type FakeStack } from './admin-fake-aws.ts';

const namedError = (name: string, message: string, more = {}) => Object.assign(new Error(message), { name }, more);
const about = {
  where: { stage: 'prod' },
  stack: 'Dateline-prod',
  region: 'eu-west-1',
  name: 'ana',
  email: 'ana@example.org',
};

describe('an error of AWS becomes a sentence', () => {
  test.each([
    ['CredentialsProviderError', 'Could not load credentials from any providers', 'There are no AWS credentials.'],
    ['CredentialsProviderError', 'The SSO session has expired', "can't be used: The SSO session has expired. Sign in"],
    ['TokenProviderError', 'Token is expired', "The AWS credentials can't be used: Token is expired. Sign in"],
    ['ExpiredToken', 'The security token is expired', 'The AWS credentials have expired'],
    ['ExpiredTokenException', 'The security token is expired', 'The AWS credentials have expired'],
    ['RequestExpired', 'Request has expired', 'or the clock of this machine is wrong'],
    ['InvalidClientTokenId', 'The security token is invalid.', 'AWS does not accept these credentials (The security'],
    ['UnrecognizedClientException', 'The security token is invalid.', 'Is it the right profile?'],
    ['SignatureDoesNotMatch', 'The signature does not match.', 'AWS does not accept these credentials'],
    ['AccessDenied', 'Forbidden.', 'The AWS credentials lack a permission: Forbidden. Have it granted'],
    ['ThrottlingException', 'Rate exceeded', 'Wait a minute and run this again.'],
    ['TimeoutError', 'socket hang up', "AWS can't be reached (socket hang up)."],
    ['UserNotFoundException', '', 'There is no user ana in Dateline-prod.'],
    ['NotAuthorizedException', 'Incorrect username or password.', 'The password of ana is wrong.'],
    ['NotAuthorizedException', 'User is disabled.', 'enable-user --name ana --stage prod lets them in again.'],
    ['NotAuthorizedException', 'Password attempts exceeded', 'Wait up to 15 minutes'],
    ['NotAuthorizedException', 'Temporary password has expired and …', 'The invitation of ana has expired.'],
    ['NotAuthorizedException', 'Invalid session for the user.', 'That took too long'],
    ['NotAuthorizedException', 'Another reason.', 'Cognito refuses to sign ana in: Another reason.'],
    ['PasswordResetRequiredException', '', 'set-password --name ana --stage prod sets a new one.'],
    ['InvalidPasswordException', 'Password not long enough', 'has 12 characters or more, among them a lower-case'],
    [
      'UsernameExistsException',
      'User account already exists',
      'There is a user ana since a moment ago. Run this again',
    ],
    [
      'UsernameExistsException',
      'An account with the email already exists.',
      'Another user has the address ana@example.org',
    ],
    ['AliasExistsException', '', 'Another user has the address ana@example.org'],
    ['InvalidParameterException', 'Invalid email address format.', 'ana@example.org is not an e-mail address'],
    ['InvalidParameterException', 'Auth flow not enabled for this client', 'does not allow ADMIN_USER_PASSWORD_AUTH'],
    ['InvalidParameterException', 'Something else.', 'Cognito does not accept this: Something else.'],
    ['CodeMismatchException', '', 'The code is wrong or too old.'],
    ['ExpiredCodeException', '', 'The code is wrong or too old.'],
    ['ResourceNotFoundException', 'Group not found.', 'Dateline-prod is not as it was deployed: Group not found.'],
    [
      'CodeDeliveryFailureException',
      '',
      'could not send the invitation to ana@example.org. Run this again without --invite',
    ],
    [
      'LimitExceededException',
      'Exceeded daily email limit.',
      'A limit of Cognito is reached: Exceeded daily email limit.',
    ],
    ['Error', 'Region is missing', 'No AWS Region is set. Pass --region'],
    ['Error', 'Region not accepted: region="eu west" is …', 'The name of the AWS Region is malformed.'],
    ['OddError', 'Nobody knows.', 'Something unforeseen happened. OddError: Nobody knows.'],
  ])('%s (%s)', (name, message, sentence) => {
    expect(explainError(namedError(name, message), about)).toContain(sentence);
  });

  test('that names the permission that is missing', () => {
    const message =
      'User: arn:aws:iam::123456789012:user/low is not authorized to perform: cognito-idp:AdminCreateUser on resource: ' +
      'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_pool with an explicit deny in a service control policy';
    expect(explainError(namedError('AccessDeniedException', message), about)).toBe(
      'The AWS credentials lack the permission cognito-idp:AdminCreateUser. A policy denies it explicitly. Have it ' +
        'granted, or pass another --profile.',
    );
  });

  test('that names the profile without credentials', () => {
    const where = { stage: 'dev', profile: 'desk' };
    const error = namedError('CredentialsProviderError', 'Could not load credentials from any providers');
    expect(explainError(error, { where })).toContain('There are no AWS credentials in the profile desk.');
  });

  test('that names the Region that nothing answers in', () => {
    const error = namedError('Error', 'getaddrinfo ENOTFOUND cognito-idp.eu-wets-1.amazonaws.com', {
      code: 'ENOTFOUND',
    });
    expect(explainError(error, { ...about, region: 'eu-wets-1' })).toContain('is eu-wets-1 the right Region?');
  });

  test('and our own are passed on', () => {
    expect(explainError(new AdminError('Do this.'), about)).toBe('Do this.');
  });
});

describe('the command fails with a sentence, and 1', () => {
  let aws: FakeAws;
  beforeEach(async () => {
    aws = await FakeAws.start();
  });
  afterEach(() => aws.stop());

  const failing = async (args: readonly string[], surroundings: object = { aws }) => {
    const { code, stdout, stderr } = await admin(args, surroundings);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    return stderr;
  };

  test('without a stack of this stage, and names those there are', async () => {
    aws.stacks.set('Dateline-prod', { status: 'CREATE_COMPLETE', outputs: {} });
    aws.stacks.set('Another', { status: 'CREATE_COMPLETE', outputs: {} });
    expect(await failing(['list-users', '--stage', 'test'])).toBe(
      'There is no stack Dateline-test in eu-west-1. There is Dateline-dev, Dateline-prod: pass that stage with ' +
        '--stage. If it is in another Region or account, pass --region or --profile; if it is not deployed, run ' +
        'npm run deploy -- -c stage=test.\n',
    );
  });

  test('without a stack, and without the permission to list them', async () => {
    aws.failures.set('DescribeStacks of all', { name: 'AccessDenied', message: 'No.' });
    expect(await failing(['list-users', '--stage', 'test'])).toContain('no stack Dateline-test in eu-west-1. If it is');
  });

  test.each<[string, FakeStack['status'], Record<string, string>, string]>([
    [
      'is being deployed',
      'CREATE_IN_PROGRESS',
      {},
      'is still being deployed (CREATE_IN_PROGRESS): run this again when',
    ],
    ['failed', 'ROLLBACK_COMPLETE', {}, 'The deployment of Dateline-dev failed (ROLLBACK_COMPLETE)'],
    ['was prepared only', 'REVIEW_IN_PROGRESS', {}, 'was prepared and never deployed'],
    ['is being deleted', 'DELETE_IN_PROGRESS', { UserPoolId: 'gone' }, 'is being deleted, or was'],
    ['has no outputs', 'CREATE_COMPLETE', {}, 'has no outputs: is it a Dateline stack?'],
    [
      'is another version',
      'UPDATE_COMPLETE',
      { UserPoolId: 'a' },
      'has no output UserPoolClientId: it was deployed from',
    ],
  ])('with a stack that %s', async (_, status, outputs, sentence) => {
    aws.stacks.set('Dateline-dev', { status, outputs });
    expect(await failing(['list-users'])).toContain(sentence);
  });

  test('but not with a stack that is being updated', async () => {
    Object.assign(aws.stacks.get('Dateline-dev') ?? {}, { status: 'UPDATE_IN_PROGRESS' });
    aws.addUser('ana');
    expect(await admin(['list-users'], { aws })).toMatchObject({ code: 0 });
  });

  test('without credentials', async () => {
    expect(await failing(['list-users'], {})).toContain('There are no AWS credentials. Sign in with aws sso login');
  });

  test('without a Region', async () => {
    expect(await failing(['list-users'], { aws, environment: { AWS_REGION: '' } })).toContain('Pass --region');
  });

  test('when nothing answers', async () => {
    const gone = await FakeAws.start();
    const environment = { AWS_ENDPOINT_URL: gone.url };
    await gone.stop();
    expect(await failing(['list-users'], { aws, environment })).toContain("AWS can't be reached (connect ECONNREFUSED");
  });

  test('when CloudFormation denies access, in its own way of saying so', async () => {
    const message = 'User: u is not authorized to perform: cloudformation:DescribeStacks on resource: r';
    aws.failures.set('DescribeStacks', { name: 'AccessDenied', message, status: 403 });
    expect(await failing(['list-users'])).toContain('lack the permission cloudformation:DescribeStacks.');
  });

  test.each([
    ['an unknown option', ['list-users', '--stag', 'dev'], "unknown option '--stag'\n(Did you mean --stage?)"],
    ['an unknown command', ['create-users'], "unknown command 'create-users'\n(Did you mean create-user?)"],
    [
      'an unknown role',
      ['set-role', '--name', 'a', '--role', 'boss'],
      'Allowed choices are contributor, editor, admin.',
    ],
    ['an address for a name', ['create-user', '--name', 'a@b.org'], 'A name is letters, digits, dots, dashes'],
    ['no e-mail address', ['create-user', '--name', 'a', '--email', 'a.org'], 'It is not an e-mail address.'],
    ['no name', ['disable-user'], "required option '--name <name>' not specified"],
  ])('for %s', async (_, args, sentence) => {
    expect(await failing(args)).toContain(sentence);
    expect(aws.calls).toEqual([]);
  });

  test.each([['--password=Secret-Horse-7'], ['--password', 'Secret-Horse-7']])(
    'for a password on the command line, which it does not repeat (%s)',
    async (...option) => {
      const stderr = await failing(['token', '--name', 'ana', ...option]);
      expect(stderr).toContain("A password doesn't go on the command line");
      expect(stderr).not.toContain('Secret-Horse-7');
    },
  );
});
