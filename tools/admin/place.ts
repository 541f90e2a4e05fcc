import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { type About, commandFor } from './about.ts';
import { AdminError } from './admin-error.ts';
import { findNewsroom, type Newsroom } from './stack-outputs.ts';
import { findUser, type User } from './users.ts';

/** A deployed newsroom within reach. Credentials, Region and endpoint come from where the AWS SDK looks for them. */
export type Place = Newsroom & { cognito: CognitoIdentityProviderClient };

/** Finds the stage's stack and user pool, and notes both in `about`. */
export async function openPlace(about: About): Promise<Place> {
  const { stage, region, profile } = about.where;
  const settings = { ...(region && { region }), ...(profile && { profile }) };
  const cloudFormation = new CloudFormationClient(settings);
  about.region = await cloudFormation.config.region();
  const newsroom = await findNewsroom(cloudFormation, stage);
  about.stack = newsroom.stack;
  return { ...newsroom, cognito: new CognitoIdentityProviderClient(settings) };
}

/** @throws AdminError when nobody has this name. */
export async function userNamed(name: string, place: Place, { where }: About): Promise<User> {
  const user = await findUser(place, name);
  if (user) return user;
  throw new AdminError(
    `There is no user ${name} in ${place.stack}. ${commandFor(where, 'list-users')} shows who there is.`,
  );
}
