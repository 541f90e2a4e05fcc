import {
  type EnvironmentVariable,
  environmentVariables,
  type PublicationSettings,
} from '../../contract/environment.ts';

/** A setting that the stack or the local gateway must have given. Read when first needed, so that tests can set it. */
export function setting(name: EnvironmentVariable): string {
  const variable = environmentVariables[name];
  const value = process.env[variable];
  if (!value)
    throw new Error(`The environment variable ${variable} is not set. infra/ and local/ set it for each function.`);
  return value;
}

export function optionalSetting(name: EnvironmentVariable): string | undefined {
  return process.env[environmentVariables[name]] || undefined;
}

export function publicationSettings(): PublicationSettings {
  return {
    name: setting('publicationName'),
    siteUrlTemplate: setting('siteUrlTemplate'),
    language: setting('publicationLanguage'),
    timeZone: setting('publicationTimeZone'),
  };
}

/** Whether readers may have what was public earlier. */
export function showsEarlierVersions(): boolean {
  return optionalSetting('earlierVersions') !== 'off';
}

/** Whether the newsroom wants a second person to look at each text before it is published. */
export function fourEyes(): boolean {
  return optionalSetting('fourEyes') === 'true';
}
