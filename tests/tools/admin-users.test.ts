import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { admin } from './admin-command.ts';
import { FakeAws } from './admin-fake-aws.ts';

let aws: FakeAws;
beforeEach(async () => {
  aws = await FakeAws.start();
});
afterEach(() => aws.stop());

describe('set-role', () => {
  test('takes the old role away before it gives the new one, and leaves other groups alone', async () => {
    aws.addUser('ana', { groups: ['admin', 'desk-of-sports'] });
    const { code, stderr } = await admin(['set-role', '--name', 'ana', '--role', 'contributor'], { aws });
    expect(aws.changes).toEqual(['AdminRemoveUserFromGroup', 'AdminAddUserToGroup']);
    expect(aws.users.get('ana')?.groups).toEqual(['desk-of-sports', 'contributor']);
    expect(stderr).toBe(
      'ana is contributor now, and was admin.\n' +
        'It takes effect with the next token: one that they have already keeps the old role for up to an hour.\n',
    );
    expect(code).toBe(0);
  });

  test('changes nothing for a role that they have already', async () => {
    aws.addUser('ana', { groups: ['editor'] });
    const { stderr } = await admin(['set-role', '--name', 'ana', '--role', 'editor'], { aws });
    expect(aws.changes).toEqual([]);
    expect(stderr).toBe('ana is editor, as before.\n');
  });

  test('takes weaker roles away beside the one that is asked for', async () => {
    aws.addUser('ana', { groups: ['editor', 'contributor'] });
    await admin(['set-role', '--name', 'ana', '--role', 'editor'], { aws });
    expect(aws.users.get('ana')?.groups).toEqual(['editor']);
  });

  test('gives the role that a run cut short left out', async () => {
    aws.addUser('ana', { groups: ['admin'] });
    aws.failures.set('AdminAddUserToGroup', { name: 'InternalErrorException', message: 'Something broke.' });
    const toEditor = ['set-role', '--name', 'ana', '--role', 'editor'];
    expect(await admin(toEditor, { aws })).toMatchObject({ code: 1 });
    expect(aws.users.get('ana')?.groups).toEqual([]);
    aws.failures.clear();
    expect(await admin(toEditor, { aws })).toMatchObject({ code: 0 });
    expect(aws.users.get('ana')?.groups).toEqual(['editor']);
  });
});

describe('taking somebody out', () => {
  test('disables them before it signs them out, and says how long a token lives on', async () => {
    aws.addUser('ana', { groups: ['admin'] });
    const { code, stderr } = await admin(['disable-user', '--name', 'ana'], { aws });
    expect(aws.changes).toEqual(['AdminDisableUser', 'AdminUserGlobalSignOut']);
    expect(stderr).toContain('An access token that they have already works for up to an hour.');
    expect(code).toBe(0);
  });

  test('lets them in again, with the role that they had', async () => {
    aws.addUser('ana', { groups: ['editor'], enabled: false });
    const { stderr } = await admin(['enable-user', '--name', 'ana'], { aws });
    expect(aws.users.get('ana')).toMatchObject({ enabled: true, groups: ['editor'] });
    expect(stderr).toBe('ana can sign in, as editor.\n');
  });

  test('removes nobody who is not disabled', async () => {
    aws.addUser('ana');
    const { code, stderr } = await admin(['remove-user', '--name', 'ana'], { aws });
    expect(aws.changes).toEqual([]);
    expect(stderr).toContain('npm run -s admin -- disable-user --name ana');
    expect(code).toBe(1);
  });

  test('removes somebody who is', async () => {
    aws.addUser('ana', { enabled: false });
    expect(await admin(['remove-user', '--name', 'ana'], { aws })).toMatchObject({ code: 0 });
    expect(aws.changes).toEqual(['AdminDeleteUser']);
  });

  test.each(['set-role --role editor', 'disable-user', 'enable-user', 'remove-user', 'set-password'])(
    '%s says that there is nobody of this name',
    async (command) => {
      const { code, stderr } = await admin([...command.split(' '), '--name', 'nobody'], { aws });
      expect(stderr).toBe(
        'There is no user nobody in Dateline-dev. npm run -s admin -- list-users shows who there is.\n',
      );
      expect(aws.changes).toEqual([]);
      expect(code).toBe(1);
    },
  );
});

describe('set-password', () => {
  test('sets the one that is piped in', async () => {
    aws.addUser('ana', { password: 'Correct-Horse-7', groups: ['editor'] });
    const { stdout } = await admin(['set-password', '--name', 'ana', '--password-stdin'], {
      aws,
      input: 'Fresh-Horse-778\n',
    });
    expect(aws.inputOf('AdminSetUserPassword')).toMatchObject({ Password: 'Fresh-Horse-778', Permanent: true });
    expect(stdout).toBe('');
  });

  test('makes one up and shows it', async () => {
    aws.addUser('ana');
    const { stdout } = await admin(['set-password', '--name', 'ana'], { aws });
    expect(stdout).toBe(`The password of ana, shown this once: ${aws.users.get('ana')?.password}\n`);
  });
});

describe('list-users', () => {
  test('shows everybody, page by page, with the strongest role', async () => {
    aws.addUser('carla', { groups: ['contributor'] });
    aws.addUser('ana', { groups: ['contributor', 'admin'] });
    aws.addUser('ben', { groups: ['contributor'], enabled: false });
    aws.addUser('dora', { status: 'FORCE_CHANGE_PASSWORD' });
    const { stdout } = await admin(['list-users'], { aws });
    expect(stdout).toBe(
      [
        'NAME   ROLE         E-MAIL             STATUS',
        'ana    admin        ana@example.org    CONFIRMED',
        'ben    contributor  ben@example.org    disabled (CONFIRMED)',
        'carla  contributor  carla@example.org  CONFIRMED',
        'dora   -            dora@example.org   FORCE_CHANGE_PASSWORD',
        '',
      ].join('\n'),
    );
  });

  test('says how to make the first one', async () => {
    const { stderr } = await admin(['list-users'], { aws });
    expect(stderr).toContain('create-user --name ana --email ana@example.org --role admin');
  });
});
