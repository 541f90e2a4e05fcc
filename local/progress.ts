/** Writes one line for whoever watches the terminal. The functions' own lines are JSON; these are not. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}
