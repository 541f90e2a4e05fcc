// What each command does, from the stack's outputs to what is printed. admin.ts knows the options.
import { NotAuthorizedException } from '@aws-sdk/client-cognito-identity-provider';
import type { Role } from '../../contract/roles.ts';
import { listArticles } from '../../contract/routes/list-articles.ts';
import { type About, commandFor } from './about.ts';
import { AdminError } from './admin-error.ts';
import { createUser, type NewUser } from './create-user.ts';
import { generatePassword } from './passwords.ts';
import { openPlace, type Place, userNamed } from './place.ts';
import { answersIn, askNewPassword, openQuestions, openQuestionsOrFail, type Questions } from './questions.ts';
import { type Credentials, machineToken, signIn } from './tokens.ts';
import { deleteUser, disableUser, enableUser, listUsers, replaceRole, setPassword } from './users.ts';

type WithPassword = { passwordStdin?: true };
type Named = { name: string };

/** Standard output is for what a command gives back, so that `$(…)` gets that alone. */
const give = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

export async function runCreateUser(about: About, wanted: NewUser & WithPassword): Promise<void> {
  const questions = await openQuestions(wanted);
  const place = await openPlace(about);
  let generated: string | undefined;
  const password = await createUser(place, wanted, {
    choosePassword: async () => {
      const chosen = await choosePassword(questions, wanted.name);
      generated = chosen.generated;
      return chosen.password;
    },
    // At once, and not with the rest: what fails after this must not take a password with it that nobody has seen.
    passwordSet: () => showGenerated(generated, wanted.name),
    report: say,
    commandFor: (command) => commandFor(about.where, command),
  });
  const nextToken = `TOKEN=$(${commandFor(about.where, `token --name ${wanted.name}`)})`;
  if (password === undefined) return give(`For a token, with their password:\n\n${nextToken}\n${callOf(place)}`);
  const token = await signIn(place, { name: wanted.name, password }, questions ?? answersIn(''));
  give(`A token for an hour, and a call:\n\nTOKEN=${token}\n${callOf(place)}\n\nThe next token:\n\n${nextToken}`);
}

const callOf = ({ editorialApiUrl }: Place): string =>
  `curl -s ${editorialApiUrl}${listArticles.path} -H "authorization: Bearer $TOKEN"`;

type Chosen = { password: string; generated?: string };

/** The one that is piped in or typed, or else a generated one. */
async function choosePassword(questions: Questions | undefined, name: string): Promise<Chosen> {
  const password = questions && (await askNewPassword(questions, name, { orGenerated: true }));
  if (password) return { password };
  const generated = generatePassword();
  return { password: generated, generated };
}

function showGenerated(generated: string | undefined, name: string): void {
  if (generated) give(`The password of ${name}, shown this once: ${generated}`);
}

export async function runSetPassword(about: About, options: Named & WithPassword): Promise<void> {
  const questions = await openQuestions(options);
  const place = await openPlace(about);
  const { name } = await userNamed(options.name, place, about);
  const { password, generated } = await choosePassword(questions, name);
  await setPassword(place, name, password);
  showGenerated(generated, name);
  say(`${name} has a new password.`);
}

export async function runToken(about: About, options: Named & WithPassword): Promise<void> {
  const questions = await openQuestionsOrFail(options);
  const place = await openPlace(about);
  const password = await questions.ask({ what: `password of ${options.name}` });
  give(await signInOrSayWhoIsUnknown(place, { name: options.name, password }, questions, about));
}

/** The app client answers an unknown name as it does a wrong password. Whoever may look the name up is told which. */
async function signInOrSayWhoIsUnknown(place: Place, who: Credentials, questions: Questions, about: About) {
  try {
    return await signIn(place, who, questions);
  } catch (error) {
    if (error instanceof NotAuthorizedException)
      await userNamed(who.name, place, about).catch((lookUp) => {
        if (lookUp instanceof AdminError) throw lookUp;
      });
    throw error;
  }
}

export async function runSetRole(about: About, { name, role }: Named & { role: Role }): Promise<void> {
  const place = await openPlace(about);
  const user = await userNamed(name, place, about);
  const had = await replaceRole(place, user.name, role);
  if (had === role) return say(`${user.name} is ${role}, as before.`);
  say(`${user.name} is ${role} now, and was ${had ?? 'without a role'}.`);
  say('It takes effect with the next token: one that they have already keeps the old role for up to an hour.');
}

export async function runDisableUser(about: About, { name }: Named): Promise<void> {
  const place = await openPlace(about);
  const user = await userNamed(name, place, about);
  await disableUser(place, user.name);
  say(`${user.name} is signed out everywhere and can't sign in any more.`);
  say('An access token that they have already works for up to an hour.');
}

export async function runEnableUser(about: About, { name }: Named): Promise<void> {
  const place = await openPlace(about);
  const user = await userNamed(name, place, about);
  await enableUser(place, user.name);
  say(`${user.name} can sign in${user.role ? `, as ${user.role}` : ', and has no role'}.`);
}

/** For those who are disabled already: so nobody is deleted by a slip, or while signed in. */
export async function runRemoveUser(about: About, { name }: Named): Promise<void> {
  const place = await openPlace(about);
  const user = await userNamed(name, place, about);
  if (user.enabled)
    throw new AdminError(
      `${user.name} is not disabled, and a removed user can't be brought back. Nothing was changed: run ` +
        `${commandFor(about.where, `disable-user --name ${user.name}`)} first, which is enough to keep them out.`,
    );
  await deleteUser(place, user.name);
  say(`${user.name} is removed. Their name stays in the history of articles, and somebody else can be given it.`);
}

export async function runListUsers(about: About): Promise<void> {
  const place = await openPlace(about);
  const users = await listUsers(place);
  if (users.length === 0) {
    const first = commandFor(about.where, 'create-user --name ana --email ana@example.org --role admin');
    return say(`There are no users in ${place.stack} yet. For the first one: ${first}`);
  }
  const rows = users.map(({ name, role, email, enabled, status }) => [
    name,
    role ?? '-',
    email ?? '-',
    enabled ? status : `disabled (${status})`,
  ]);
  give(columns([['NAME', 'ROLE', 'E-MAIL', 'STATUS'], ...rows]));
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export async function runMachineToken(about: About, { name }: Named): Promise<void> {
  const place = await openPlace(about);
  const { machineClients, tokenUrl, stack } = place;
  const clientId = Object.hasOwn(machineClients, name) ? machineClients[name] : undefined;
  if (clientId && tokenUrl) return give(await machineToken(place, { name, clientId, tokenUrl }));
  const names = Object.keys(machineClients);
  if (names.length === 0 || !tokenUrl)
    throw new AdminError(`${stack} has no machine clients. Name one under machines in infra/stages.ts, and deploy it.`);
  throw new AdminError(`${stack} has no machine client ${name}. It has: ${names.join(', ')}.`);
}

export { runRerender } from './rerender.ts';
