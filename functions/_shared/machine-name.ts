import { optionalSetting } from './environment.ts';

/** What the newsroom calls the machine of this client: its name among the stage's settings, or else the id itself. */
export function machineName(clientId: unknown): string | undefined {
  if (typeof clientId !== 'string') return undefined;
  const clients = JSON.parse(optionalSetting('machineClients') ?? '{}') as Record<string, string>;
  return Object.keys(clients).find((name) => clients[name] === clientId) ?? clientId;
}
