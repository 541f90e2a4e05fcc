// What AWS and the network answer, as sentences that say what to do. Nothing here ever holds a password: AWS does not
// repeat one, and no request is printed.
import { type About, commandFor } from './about.ts';
import { AdminError } from './admin-error.ts';
import { policyInWords } from './passwords.ts';

type Failure = Error & { code?: string };
type Known = Required<Omit<About, 'where'>> & {
  profile: string | undefined;
  commandFor: (command: string) => string;
};
type Explanation = (about: Known, error: Failure) => string;

const credentials =
  'Sign in with aws sso login or aws configure, set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ' +
  'pass --profile.';
const expired: Explanation = () =>
  'The AWS credentials have expired, or the clock of this machine is wrong. Sign in again, with aws sso login or as ' +
  'you got them.';
const unknownCredentials: Explanation = (_, { message }) =>
  `AWS does not accept these credentials (${message.replace(/\.$/, '')}). Is it the right profile? ${credentials}`;
const tooMany: Explanation = () => 'AWS is being asked too often just now. Wait a minute and run this again.';
const wrongCode: Explanation = () =>
  'The code is wrong or too old. Run this again with the one that the app shows now; if it is never right, look at ' +
  'the clock of the phone.';
const unreachable: Explanation = ({ region }, { message }) =>
  `AWS can't be reached (${message || 'no answer'}). Is there a network, and is ${region} the right Region? ` +
  'AWS_ENDPOINT_URL is used if it is set.';

const explanations: Readonly<Record<string, Explanation>> = {
  CredentialsProviderError: unusableCredentials,
  TokenProviderError: unusableCredentials,
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  RequestExpired: expired,
  InvalidClientTokenId: unknownCredentials,
  UnrecognizedClientException: unknownCredentials,
  InvalidSignatureException: unknownCredentials,
  SignatureDoesNotMatch: unknownCredentials,
  AccessDenied: accessDenied,
  AccessDeniedException: accessDenied,
  Throttling: tooMany,
  ThrottlingException: tooMany,
  TooManyRequestsException: tooMany,
  TimeoutError: unreachable,
  UserNotFoundException: ({ stack, name, commandFor }) =>
    `There is no user ${name} in ${stack}. ${commandFor('list-users')} shows who there is.`,
  NotAuthorizedException: notAuthorized,
  PasswordResetRequiredException: ({ name, commandFor }) =>
    `The password of ${name} was reset. ${commandFor(`set-password --name ${name}`)} sets a new one.`,
  InvalidPasswordException: (_, { message }) => `Cognito refuses the password. ${policyInWords} It says: ${message}`,
  UsernameExistsException: taken,
  AliasExistsException: taken,
  InvalidParameterException: invalidParameter,
  CodeMismatchException: wrongCode,
  ExpiredCodeException: wrongCode,
  ResourceNotFoundException: ({ stack }, { message }) =>
    `${stack} is not as it was deployed: ${message} Was something deleted by hand? Deploy the stack again.`,
  CodeDeliveryFailureException: ({ email }) =>
    `Cognito could not send the invitation to ${email}. Run this again without --invite to set a password here.`,
  LimitExceededException: (_, { message }) =>
    `A limit of Cognito is reached: ${message} Its own mail is limited to 50 messages a day; without --invite none is sent.`,
};

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH']);

/** A sentence for whoever ran the command. Anything unforeseen is named, without a stack trace. */
export function explainError(error: unknown, about: About): string {
  if (error instanceof AdminError) return error.message;
  if (!(error instanceof Error)) return `Something unforeseen happened: ${String(error)}`;
  const failure: Failure = error;
  const known: Known = {
    stack: 'the stack',
    region: 'the one that is set',
    name: 'the user',
    email: 'the address',
    ...about,
    profile: about.where.profile,
    commandFor: (command) => commandFor(about.where, command),
  };
  if (networkCodes.has(failure.code ?? '')) return unreachable(known, failure);
  // The SDK gives these two no name of their own.
  if (failure.message === 'Region is missing')
    return 'No AWS Region is set. Pass --region, or set AWS_REGION or the region of the profile.';
  if (failure.message.startsWith('Region not accepted'))
    return 'The name of the AWS Region is malformed. Pass --region or set AWS_REGION, with a name such as eu-west-1.';
  const explanation = Object.hasOwn(explanations, failure.name) ? explanations[failure.name] : undefined;
  return explanation?.(known, failure) ?? `Something unforeseen happened. ${failure.name}: ${failure.message}`;
}

function unusableCredentials({ profile }: Known, { message }: Failure): string {
  if (/any providers/.test(message))
    return `There are no AWS credentials${profile ? ` in the profile ${profile}` : ''}. ${credentials}`;
  return `The AWS credentials can't be used: ${message.replace(/\.?$/, '.')} ${credentials}`;
}

function accessDenied(_: Known, { message }: Failure): string {
  const action = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1];
  const explicit = /explicit deny/.test(message) ? ' A policy denies it explicitly.' : '';
  if (action)
    return `The AWS credentials lack the permission ${action}.${explicit} Have it granted, or pass another --profile.`;
  return `The AWS credentials lack a permission: ${message} Have it granted, or pass another --profile.`;
}

function notAuthorized({ name, commandFor }: Known, { message }: Failure): string {
  const setAnother = commandFor(`set-password --name ${name}`);
  if (/disabled/i.test(message))
    return `${name} is disabled. ${commandFor(`enable-user --name ${name}`)} lets them in again.`;
  if (/attempts exceeded/i.test(message))
    return `There were too many wrong passwords for ${name}. Wait up to 15 minutes, then run this again.`;
  if (/temporary password/i.test(message))
    return `The invitation of ${name} has expired. ${setAnother} sets a password.`;
  if (/session/i.test(message)) return 'That took too long, and Cognito has forgotten the sign-in. Run this again.';
  if (/incorrect username or password/i.test(message))
    return `The password of ${name} is wrong. If it is lost, ${setAnother} sets another one.`;
  return `Cognito refuses to sign ${name} in: ${message}`;
}

/** An entry of this name was looked for and not found just before: so it is new, or ours with its answer lost. */
function taken({ name, email, commandFor }: Known, { name: error, message }: Failure): string {
  if (error === 'AliasExistsException' || /email/i.test(message))
    return `Another user has the address ${email}: ${commandFor('list-users')} shows who. Nothing was changed.`;
  return `There is a user ${name} since a moment ago. Run this again: it completes what is missing, or says whose it is.`;
}

function invalidParameter({ email, stack }: Known, { message }: Failure): string {
  if (/auth flow/i.test(message))
    return `The app client of ${stack} does not allow ADMIN_USER_PASSWORD_AUTH (${message}). Deploy the stack again.`;
  if (/email address/i.test(message))
    return `${email} is not an e-mail address that Cognito takes. It says: ${message}`;
  return `Cognito does not accept this: ${message}`;
}
