// Where a command works and what it is about. Free of the AWS SDK, which takes longer to load than help takes to read.

/** The options that every command has. */
export type Where = { stage: string; region?: string; profile?: string };

/** What the running command is about, as far as it knows yet: for the explanation of what goes wrong. */
export type About = {
  where: Where;
  stack?: string;
  region?: string;
  name?: string;
  email?: string;
};

/** A command to type next. It names the place too, or what was meant for one stage would be done to another. */
export function commandFor({ stage, region, profile }: Where, command: string): string {
  const flags = [
    stage !== 'dev' && ` --stage ${stage}`,
    region && ` --region ${region}`,
    profile && ` --profile ${profile}`,
  ];
  return `npm run -s admin -- ${command}${flags.filter(Boolean).join('')}`;
}
