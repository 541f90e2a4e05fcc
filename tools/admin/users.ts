// The people of a user pool: plain functions over the SDK's client. Each one does a single thing and says nothing;
// create-user.ts puts them in an order that can be repeated.
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  paginateListUsers,
  paginateListUsersInGroup,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Role, roles } from '../../contract/roles.ts';

/** A user pool, and the client that reaches it. */
export type UserPool = { cognito: CognitoIdentityProviderClient; userPoolId: string };

export type User = {
  /** As it was given when the user was made; the pool does not tell upper from lower case. */
  name: string;
  email: string | undefined;
  /** The strongest, as the API sees it. */
  role: Role | undefined;
  enabled: boolean;
  /** Cognito's word, such as CONFIRMED, or FORCE_CHANGE_PASSWORD for somebody who never set a password. */
  status: string;
};

/** Whoever has this name or this verified e-mail address. */
export async function findUser({ cognito, userPoolId }: UserPool, name: string): Promise<User | undefined> {
  try {
    const found = await cognito.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: name }));
    const realName = found.Username ?? name;
    const held = await rolesOf({ cognito, userPoolId }, realName);
    return {
      name: realName,
      email: emailIn(found.UserAttributes),
      role: strongest(held),
      enabled: found.Enabled !== false,
      status: found.UserStatus ?? 'UNKNOWN',
    };
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined;
    throw error;
  }
}

async function rolesOf({ cognito, userPoolId }: UserPool, name: string): Promise<Role[]> {
  // One page holds 60 groups, and a pool of ours has a handful.
  const { Groups = [] } = await cognito.send(
    new AdminListGroupsForUserCommand({ UserPoolId: userPoolId, Username: name, Limit: 60 }),
  );
  const held = new Set(Groups.map(({ GroupName }) => GroupName));
  return roles.filter((role) => held.has(role));
}

const strongest = (held: readonly Role[]): Role | undefined => held.at(-1);

const emailIn = (attributes: AttributeType[] = []): string | undefined =>
  attributes.find(({ Name }) => Name === 'email')?.Value;

/** Makes a user without a role, and without a password that anybody knows unless Cognito sends an invitation. */
export async function addUser(
  { cognito, userPoolId }: UserPool,
  { name, email, invite }: { name: string; email: string; invite: boolean },
): Promise<void> {
  await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId: userPoolId,
      Username: name,
      UserAttributes: [
        { Name: 'email', Value: email },
        // Whoever runs this vouches for it; only a verified address signs in, or gets a forgotten password back.
        { Name: 'email_verified', Value: 'true' },
      ],
      ...(invite ? { DesiredDeliveryMediums: ['EMAIL'] } : { MessageAction: 'SUPPRESS' }),
    }),
  );
}

/** Sets a password that need not be changed at the first sign-in. */
export async function setPassword({ cognito, userPoolId }: UserPool, name: string, password: string): Promise<void> {
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId: userPoolId, Username: name, Password: password, Permanent: true }),
  );
}

/** Gives a role to somebody who has none. */
export async function giveRole({ cognito, userPoolId }: UserPool, name: string, role: Role): Promise<void> {
  await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: name, GroupName: role }));
}

/**
 * Makes it the only role. The old ones go first: if this stops in between, the user may do less than they should, which
 * they will say, and not more, which nobody would. Groups that are no roles stay.
 * @returns the strongest role they had.
 */
export async function replaceRole(pool: UserPool, name: string, role: Role): Promise<Role | undefined> {
  const held = await rolesOf(pool, name);
  for (const other of held.filter((one) => one !== role))
    await pool.cognito.send(
      new AdminRemoveUserFromGroupCommand({ UserPoolId: pool.userPoolId, Username: name, GroupName: other }),
    );
  if (!held.includes(role)) await giveRole(pool, name, role);
  return strongest(held);
}

/** Ends every session and lets nobody in. The order matters: signed out first, they could sign in again in between. */
export async function disableUser({ cognito, userPoolId }: UserPool, name: string): Promise<void> {
  await cognito.send(new AdminDisableUserCommand({ UserPoolId: userPoolId, Username: name }));
  await cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId: userPoolId, Username: name }));
}

export async function enableUser({ cognito, userPoolId }: UserPool, name: string): Promise<void> {
  await cognito.send(new AdminEnableUserCommand({ UserPoolId: userPoolId, Username: name }));
}

export async function deleteUser({ cognito, userPoolId }: UserPool, name: string): Promise<void> {
  await cognito.send(new AdminDeleteUserCommand({ UserPoolId: userPoolId, Username: name }));
}

/** Everybody, by name. Groups are asked for their members: asking each user for their groups takes a call a user. */
export async function listUsers({ cognito, userPoolId }: UserPool): Promise<User[]> {
  const roleOf = new Map<string, Role>();
  // Weakest first, so that the strongest stays.
  for (const role of roles)
    for await (const { Users = [] } of paginateListUsersInGroup(
      { client: cognito },
      { UserPoolId: userPoolId, GroupName: role },
    ))
      for (const { Username = '' } of Users) roleOf.set(Username, role);
  const users: User[] = [];
  for await (const { Users = [] } of paginateListUsers({ client: cognito }, { UserPoolId: userPoolId }))
    for (const { Username: name = '', Attributes, Enabled, UserStatus: status = 'UNKNOWN' } of Users)
      users.push({ name, email: emailIn(Attributes), role: roleOf.get(name), enabled: Enabled !== false, status });
  return users.sort((a, b) => a.name.localeCompare(b.name));
}
