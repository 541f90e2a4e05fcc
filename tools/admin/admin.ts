// npm run admin -- <command>: the people of a deployed newsroom, their tokens, and repairs. It takes AWS credentials; docs/users.md
// has the permissions.
import { Command, InvalidArgumentError, Option } from 'commander';
import { roles } from '../../contract/roles.ts';
import type { About, Where } from './about.ts';
import { explainError } from './explain-error.ts';

type Commands = typeof import('./commands.ts');
type Options = Where & { name?: string; email?: string };

const about: About = { where: { stage: 'dev' } };

const program = new Command('npm run admin --')
  .description('The people of a deployed newsroom, their tokens, and repairs of what it published.')
  .showHelpAfterError(
    'npm run admin -- help lists the commands; npm run admin -- <command> --help, the options of one.',
  );

/** A command, with the options that every one has. */
function command(name: string, description: string, run: keyof Commands): Command {
  return program
    .command(name)
    .description(description)
    .option('--stage <stage>', 'the stage, whose stack is Dateline-<stage>', 'dev')
    .option('--region <region>', 'the AWS Region, if not the one that is set up')
    .option('--profile <profile>', 'the AWS profile, if not the one that is set up')
    .action(async ({ stage, region, profile, ...own }: Options) => {
      about.where = { stage, ...(region && { region }), ...(profile && { profile }) };
      if (own.name) about.name = own.name;
      if (own.email) about.email = own.email;
      // What is typed wrong is answered without loading the AWS SDK.
      const commands = await import('./commands.ts');
      // Which options a command has stands below.
      await commands[run](about, own as never);
    });
}

const passwordStdin = () =>
  new Option('--password-stdin', 'read the password from standard input; each further answer is a line of its own');

const role = (description: string) => new Option('--role <role>', description).choices(roles);

/** The history of articles shows it and commands are made of it; with an @ it would be taken for an e-mail address. */
function newName(text: string): string {
  if (/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}._-]{0,127}$/u.test(text)) return text;
  throw new InvalidArgumentError('A name is letters, digits, dots, dashes and underscores, 128 at the most.');
}

function emailAddress(text: string): string {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return text;
  throw new InvalidArgumentError('It is not an e-mail address.');
}

command(
  'create-user',
  'make a user who can sign in, and get a token; repeat it to complete what failed',
  'runCreateUser',
)
  .requiredOption('--name <name>', 'what the history of articles will show', newName)
  .requiredOption('--email <address>', 'where a forgotten password is recovered', emailAddress)
  // Too weak a role is noticed at once and raised with set-role; too strong a one is not noticed.
  .addOption(role('what they may do; the first user is best an admin').default('contributor'))
  .addOption(passwordStdin())
  .addOption(new Option('--invite', 'let Cognito mail a temporary password').conflicts('passwordStdin').default(false));

command('token', "print a user's access token, and nothing else, on standard output", 'runToken')
  .requiredOption('--name <name>', 'the user, by name or e-mail address')
  .addOption(passwordStdin());

command('set-password', 'give a user another password', 'runSetPassword')
  .requiredOption('--name <name>', 'the user, by name or e-mail address')
  .addOption(passwordStdin());

command('set-role', 'make a role the only one that a user has', 'runSetRole')
  .requiredOption('--name <name>', 'the user, by name or e-mail address')
  .addOption(role('what they may do').makeOptionMandatory());

command('list-users', 'list everybody, with roles', 'runListUsers');

command('disable-user', 'sign a user out everywhere and let them in no more', 'runDisableUser').requiredOption(
  '--name <name>',
  'the user, by name or e-mail address',
);

command('enable-user', 'let a disabled user in again', 'runEnableUser').requiredOption(
  '--name <name>',
  'the user, by name or e-mail address',
);

command('remove-user', 'delete a disabled user for good', 'runRemoveUser').requiredOption(
  '--name <name>',
  'the user, by name or e-mail address',
);

command('machine-token', "print a machine client's access token, and nothing else", 'runMachineToken').requiredOption(
  '--name <name>',
  'the machine client, as the stack names it',
);

command(
  'rerender',
  'make what is public anew from what the newsroom holds, after a restore or a repair',
  'runRerender',
).option('--article <id>', 'this article alone');

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

if (process.argv.some((argument) => /^--password(=|$)/.test(argument)))
  // Before commander sees it, which would repeat what stands after the sign.
  fail(
    "A password doesn't go on the command line, where other users of this machine and the shell's history can read it. " +
      'Leave it out and you are asked, or pipe it in with --password-stdin.',
  );
else await program.parseAsync().catch((error) => fail(explainError(error, about)));
