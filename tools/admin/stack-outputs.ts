import {
  type CloudFormationClient,
  DescribeStacksCommand,
  paginateDescribeStacks,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { AdminError } from './admin-error.ts';

/** A deployed stage, as its stack's outputs describe it. */
export type Newsroom = {
  stack: string;
  userPoolId: string;
  /** The app client that people sign in through. */
  clientId: string;
  editorialApiUrl: string;
  /** App clients that sign in with a secret, by name. Empty when the stack has none. */
  machineClients: Readonly<Record<string, string>>;
  /** Where machine clients get their tokens. */
  tokenUrl: string | undefined;
  /** The function that makes what is public anew; absent in stacks of older versions. */
  rerenderFunction: string | undefined;
  /** Absent where the stage has no edge. */
  edgeDistribution: string | undefined;
};

export const stackNameOf = (stage: string): string => `Dateline-${stage}`;

/**
 * The newsroom that a stage was deployed as.
 * @throws AdminError that says what to do when there is no such stack, or none that can be used yet.
 */
export async function findNewsroom(client: CloudFormationClient, stage: string): Promise<Newsroom> {
  const name = stackNameOf(stage);
  const stack = await findStack(client, name);
  if (!stack) throw await noSuchStack(client, name, stage);
  if (stack.StackStatus?.startsWith('DELETE_')) throw new AdminError(whyNoOutputs(stack, stage));
  const outputs = outputsOf(stack);
  const required = (key: string): string => outputs.get(key) ?? failWithout(key, stack, stage);
  return {
    stack: name,
    userPoolId: required('UserPoolId'),
    clientId: required('UserPoolClientId'),
    editorialApiUrl: required('EditorialApiUrl'),
    machineClients: machineClientsIn(outputs.get('MachineClients'), name),
    tokenUrl: outputs.get('TokenUrl'),
    rerenderFunction: outputs.get('RerenderFunctionName'),
    edgeDistribution: outputs.get('EdgeDistributionId'),
  };
}

async function findStack(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0];
  } catch (error) {
    // CloudFormation has no error of its own for this.
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
}

function outputsOf({ Outputs = [] }: Stack): Map<string, string> {
  return new Map(
    Outputs.flatMap(({ OutputKey, OutputValue }) => (OutputKey && OutputValue ? [[OutputKey, OutputValue]] : [])),
  );
}

async function noSuchStack(client: CloudFormationClient, name: string, stage: string): Promise<AdminError> {
  const others = await otherStacks(client);
  const region = await client.config.region();
  const thereAre = others.length > 0 ? ` There is ${others.join(', ')}: pass that stage with --stage.` : '';
  return new AdminError(
    `There is no stack ${name} in ${region}.${thereAre} ` +
      `If it is in another Region or account, pass --region or --profile; if it is not deployed, ${deployCommand(stage)}.`,
  );
}

/** The Dateline stacks there are. None when the caller may not list stacks: this only makes a message more helpful. */
async function otherStacks(client: CloudFormationClient): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {}))
      names.push(...Stacks.flatMap(({ StackName }) => (StackName?.startsWith(stackNameOf('')) ? [StackName] : [])));
  } catch {
    return [];
  }
  return names.sort();
}

function failWithout(key: string, stack: Stack, stage: string): never {
  if ((stack.Outputs ?? []).length === 0) throw new AdminError(whyNoOutputs(stack, stage));
  throw new AdminError(
    `The stack ${stack.StackName} has no output ${key}: it was deployed from another version, so ${deployCommand(stage)}.`,
  );
}

function whyNoOutputs({ StackName, StackStatus }: Stack, stage: string): string {
  const status: string = StackStatus ?? 'of unknown status';
  if (status.startsWith('DELETE_')) return `The stack ${StackName} is being deleted, or was: it is ${status}.`;
  if (StackStatus === 'REVIEW_IN_PROGRESS')
    return `The stack ${StackName} was prepared and never deployed (${status}): ${deployCommand(stage)}.`;
  if (status.includes('ROLLBACK') || status.endsWith('FAILED'))
    return (
      `The deployment of ${StackName} failed (${status}), and it has no outputs. Its events in CloudFormation say ` +
      `why; put that right, and ${deployCommand(stage)}.`
    );
  if (status.endsWith('IN_PROGRESS'))
    return `The stack ${StackName} is still being deployed (${status}): run this again when that is done.`;
  return `The stack ${StackName} (${status}) has no outputs: is it a Dateline stack? If so, ${deployCommand(stage)}.`;
}

const deployCommand = (stage: string): string => `run npm run deploy${stage === 'dev' ? '' : ` -- -c stage=${stage}`}`;

function machineClientsIn(output: string | undefined, stack: string): Readonly<Record<string, string>> {
  if (output === undefined) return {};
  try {
    return JSON.parse(output);
  } catch {
    throw new AdminError(`The output MachineClients of ${stack} is not JSON. It reads: ${output}`);
  }
}
