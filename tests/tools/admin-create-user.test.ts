import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { admin } from './admin-command.ts';
import { FakeAws } from './admin-fake-aws.ts';

const password = 'Correct-Horse-7';
const createAna = ['create-user', '--name', 'ana', '--email', 'ana@example.org', '--role', 'admin'];
const piped = [...createAna, '--password-stdin'];

let aws: FakeAws;
beforeEach(async () => {
  aws = await FakeAws.start();
});
afterEach(() => aws.stop());

describe('create-user', () => {
  test('makes the entry, sets the password, gives the role and takes a token, in this order', async () => {
    const { code, stdout, stderr } = await admin(piped, { aws, input: `${password}\n` });
    expect(aws.asked).toEqual([
      'AdminGetUser',
      'AdminCreateUser',
      'AdminSetUserPassword',
      'AdminAddUserToGroup',
      'AdminInitiateAuth',
    ]);
    expect(aws.inputOf('AdminCreateUser')).toEqual({
      UserPoolId: 'eu-west-1_pool',
      Username: 'ana',
      UserAttributes: [
        { Name: 'email', Value: 'ana@example.org' },
        { Name: 'email_verified', Value: 'true' },
      ],
      MessageAction: 'SUPPRESS',
    });
    expect(aws.inputOf('AdminSetUserPassword')).toMatchObject({ Password: password, Permanent: true });
    expect(aws.inputOf('AdminAddUserToGroup')).toMatchObject({ Username: 'ana', GroupName: 'admin' });
    expect(aws.inputOf('AdminInitiateAuth')).toMatchObject({
      UserPoolId: 'eu-west-1_pool',
      ClientId: 'people',
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ana', PASSWORD: password },
    });
    expect(stderr).toBe('Created ana.\nSet the password.\nGave the role admin.\n');
    expect(stdout).toContain('\nTOKEN=token-of-ana\n');
    expect(stdout).toContain('\ncurl -s https://desk.test/editorial/v1/articles -H "authorization: Bearer $TOKEN"\n');
    expect(code).toBe(0);
  });

  test('makes a contributor of whoever is given no role', async () => {
    await admin(['create-user', '--name', 'ben', '--email', 'ben@example.org'], { aws });
    expect(aws.users.get('ben')?.groups).toEqual(['contributor']);
  });

  test('makes up a password when none is given, and shows it once', async () => {
    const { stdout, stderr } = await admin(createAna, { aws });
    const made = aws.users.get('ana')?.password ?? '';
    expect(made).toHaveLength(24);
    expect(stdout.split(made)).toHaveLength(2);
    expect(stderr).not.toContain(made);
  });

  test('shows a made-up password even if the rest fails', async () => {
    aws.failures.set('AdminAddUserToGroup', { name: 'ResourceNotFoundException', message: 'Group not found.' });
    const { code, stdout } = await admin(createAna, { aws });
    expect(stdout).toContain(aws.users.get('ana')?.password);
    expect(code).toBe(1);
  });

  test('leaves the password to Cognito when it invites', async () => {
    const { stdout, stderr } = await admin([...createAna, '--invite'], { aws });
    expect(aws.asked).toEqual(['AdminGetUser', 'AdminCreateUser', 'AdminAddUserToGroup']);
    expect(aws.inputOf('AdminCreateUser')).toMatchObject({ DesiredDeliveryMediums: ['EMAIL'] });
    expect(aws.inputOf('AdminCreateUser')).not.toHaveProperty('MessageAction');
    expect(stderr).toContain('Cognito mails an invitation to ana@example.org');
    expect(stdout).toContain('TOKEN=$(npm run -s admin -- token --name ana)');
  });

  test('changes nothing for a password that the policy refuses', async () => {
    const { code, stderr } = await admin(piped, { aws, input: 'too-short\n' });
    expect(aws.changes).toEqual([]);
    expect(stderr).toContain(
      '12 characters or more, among them a lower-case and an upper-case letter, a digit and a symbol',
    );
    expect(code).toBe(1);
  });

  test('names the place in the commands that it proposes', async () => {
    aws.stacks.set('Dateline-prod', { ...aws.stacks.get('Dateline-dev') } as never);
    const { stdout } = await admin([...createAna, '--stage', 'prod', '--region', 'eu-south-2'], { aws });
    expect(stdout).toContain('TOKEN=$(npm run -s admin -- token --name ana --stage prod --region eu-south-2)');
  });
});

describe('create-user, repeated', () => {
  test.each([
    ['AdminSetUserPassword', ['AdminSetUserPassword', 'AdminAddUserToGroup']],
    ['AdminAddUserToGroup', ['AdminAddUserToGroup']],
    ['AdminInitiateAuth', []],
  ])('completes what was cut short at %s', async (operation, missing) => {
    aws.failures.set(operation, { name: 'InternalErrorException', message: 'Something broke.' });
    expect(await admin(piped, { aws, input: password })).toMatchObject({ code: 1 });
    aws.failures.clear();
    aws.calls.length = 0;
    expect(await admin(piped, { aws, input: password })).toMatchObject({ code: 0 });
    expect(aws.changes).toEqual(missing);
    expect(aws.users.get('ana')).toMatchObject({ password, groups: ['admin'], status: 'CONFIRMED' });
  });

  test('keeps the password of somebody who has one, and says how to set another', async () => {
    aws.addUser('ana', { password, groups: ['admin'] });
    const { code, stderr } = await admin(piped, { aws, input: 'Another-Horse-8' });
    expect(aws.changes).toEqual([]);
    expect(stderr).toBe(
      'ana exists already and is admin.\n' +
        'Their password is kept. npm run -s admin -- set-password --name ana sets another one.\n',
    );
    expect(code).toBe(0);
  });

  test('keeps the password that an invitation gave', async () => {
    aws.addUser('ana', { status: 'FORCE_CHANGE_PASSWORD', groups: ['admin'] });
    const { code, stderr } = await admin(createAna, { aws });
    expect(aws.changes).toEqual([]);
    expect(stderr).toContain('the password in their mail is kept');
    expect(code).toBe(0);
  });

  test.each([
    ['another role', { groups: ['editor'] }, 'npm run -s admin -- set-role --name ana --role admin'],
    [
      'another address',
      { email: 'anabel@example.org' },
      'The name ana is taken: ana has the address anabel@example.org',
    ],
    ['been disabled', { enabled: false }, 'npm run -s admin -- enable-user --name ana'],
  ])('refuses to touch somebody of that name who has %s', async (_, user, advice) => {
    const before = structuredClone(aws.addUser('ana', { password, ...user }));
    const { code, stdout, stderr } = await admin(piped, { aws, input: 'Another-Horse-8' });
    expect(stderr).toContain(advice);
    expect(stderr).toContain('Nothing was changed');
    expect(aws.users.get('ana')).toEqual(before);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  test('takes an address in other letters for the same one', async () => {
    aws.addUser('ana', { password, email: 'Ana@Example.org' });
    expect(await admin(createAna, { aws })).toMatchObject({ code: 0 });
    expect(aws.changes).toEqual(['AdminAddUserToGroup']);
  });
});
