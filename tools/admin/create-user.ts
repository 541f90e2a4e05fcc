import type { Role } from '../../contract/roles.ts';
import { AdminError } from './admin-error.ts';
import { addUser, findUser, giveRole, setPassword, type User, type UserPool } from './users.ts';

export type NewUser = {
  name: string;
  email: string;
  role: Role;
  /** Whether Cognito mails a temporary password, instead of a password being set here. */
  invite: boolean;
};

type Options = {
  /** Called at most once, before anything is changed, and only when the user is to get a password. */
  choosePassword: () => Promise<string>;
  /** Called as soon as that password is the user's. */
  passwordSet: () => void;
  /** Told each step once it is done. */
  report: (step: string) => void;
  /** Makes a whole command of its name and options, for advice. */
  commandFor: (command: string) => string;
};

/**
 * Makes a user who can sign in: the entry, then the password, then the role. In this order what is there shows how far a
 * run came that was cut short, and the next one goes on from there:
 *
 * | never set a password | has a role | so it is |
 * |---|---|---|
 * | yes | no | cut short before the password |
 * | no | no | cut short before the role |
 * | yes | yes | invited, and not signed in yet |
 * | no | yes | complete |
 *
 * Who has a password keeps it, and who has a role keeps that.
 * @returns the password if it was set now, and undefined otherwise.
 */
export async function createUser(pool: UserPool, wanted: NewUser, options: Options): Promise<string | undefined> {
  const { choosePassword, passwordSet, report } = options;
  const existing = await findUser(pool, wanted.name);
  if (existing) refuseAnother(existing, wanted, options);
  const unfinished = existing === undefined || (neverSetPassword(existing) && existing.role === undefined);
  const password = unfinished && !wanted.invite ? await choosePassword() : undefined;
  if (existing) report(`${existing.name} exists already${existing.role ? ` and is ${existing.role}` : ''}.`);
  else {
    await addUser(pool, wanted);
    report(`Created ${wanted.name}${wanted.invite ? `; Cognito mails an invitation to ${wanted.email}` : ''}.`);
  }
  if (password !== undefined) {
    await setPassword(pool, wanted.name, password);
    passwordSet();
    report('Set the password.');
  } else if (existing) report(whyNoPassword(existing, wanted, options));
  if (existing?.role === undefined) {
    await giveRole(pool, wanted.name, wanted.role);
    report(`Gave the role ${wanted.role}.`);
  }
  return password;
}

const neverSetPassword = ({ status }: User): boolean => status === 'FORCE_CHANGE_PASSWORD';

/** @throws AdminError when the user who is there is not the one who is wanted. */
function refuseAnother(existing: User, { name, email, role }: NewUser, { commandFor }: Options): void {
  if (existing.email?.toLowerCase() !== email.toLowerCase())
    throw new AdminError(
      `The name ${name} is taken: ${existing.name} has the address ${existing.email ?? '(none)'}. Nothing was changed: ` +
        'choose another name, or pass that address if it is the same person.',
    );
  if (!existing.enabled)
    throw new AdminError(
      `${existing.name} exists and is disabled. Nothing was changed: ` +
        `${commandFor(`enable-user --name ${name}`)} lets them in again.`,
    );
  if (existing.role !== undefined && existing.role !== role)
    throw new AdminError(
      `${existing.name} exists already and is ${existing.role}. Nothing was changed: to make them ${role}, run ` +
        commandFor(`set-role --name ${name} --role ${role}`),
    );
}

function whyNoPassword(existing: User, { name, invite }: NewUser, { commandFor }: Options): string {
  const another = `${commandFor(`set-password --name ${name}`)} sets another one.`;
  if (!neverSetPassword(existing)) return `Their password is kept. ${another}`;
  if (invite) return `No second invitation is sent. If the first one is lost or older than three days, ${another}`;
  return `They were invited and have not signed in yet; the password in their mail is kept. ${another}`;
}
