// Where passwords and codes come from: a person at a terminal, or lines of standard input. Never from the command line,
// which other users of the machine and the shell's history can read.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ReadStream } from 'node:tty';
import { AdminError } from './admin-error.ts';
import { checkPassword } from './passwords.ts';

type Question = {
  /** What is asked for, as it stands in a sentence: "password of ana". */
  what: string;
  /** Whether the answer is shown while it is typed. */
  shown?: boolean;
};

export type Questions = {
  /** Whether a person answers, who can mistype and be asked again. */
  readonly interactive: boolean;
  ask(question: Question): Promise<string>;
};

type Terminal = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream };

/** Asks whoever sits at a terminal. Standard output stays free for what the command gives back. */
export function askingAt(terminal: Terminal): Questions {
  return { interactive: true, ask: (question) => answerAt(terminal, question) };
}

function answerAt({ input, output }: Terminal, { what, shown }: Question): Promise<string> {
  return new Promise((resolve, reject) => {
    output.write(`${what[0]?.toUpperCase()}${what.slice(1)}: `);
    // readline edits the line, takes a paste and puts the terminal back; it echoes to a stream that shows nothing.
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const line = createInterface({ input, output: shown ? output : nowhere, terminal: true, historySize: 0 });
    line.once('close', () => reject(new AdminError('Stopped. Nothing that was not reported above was changed.')));
    line.once('line', (answer) => {
      resolve(answer);
      line.close();
    });
    // Enter was not echoed either.
    line.once('close', () => output.write(shown ? '' : '\n'));
  });
}

/** Answers from standard input, one line each, in the order of the questions. */
export function answersIn(input: string): Questions {
  const lines = input.split(/\r?\n/);
  // The end of the last line is no line of its own.
  if (lines.at(-1) === '') lines.pop();
  return {
    interactive: false,
    ask: async ({ what }) => {
      const answer = lines.shift();
      if (answer) return answer;
      throw new AdminError(
        `Standard input has no line for the ${what}. With --password-stdin each answer is a line of its own; ` +
          'without it, in a terminal, you are asked.',
      );
    },
  };
}

/** The questions that the command line and the terminal allow; undefined when there is nobody to ask. */
export async function openQuestions(
  { passwordStdin }: { passwordStdin?: true | undefined },
  input: ReadStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<Questions | undefined> {
  if (!passwordStdin) return input.isTTY ? askingAt({ input, output }) : undefined;
  if (input.isTTY)
    throw new AdminError('--password-stdin is for pipes, and this is a terminal: leave it out, and you are asked.');
  return answersIn(await text(input));
}

/** The same, for commands that can do nothing without a password. */
export async function openQuestionsOrFail(options: { passwordStdin?: true | undefined }): Promise<Questions> {
  const questions = await openQuestions(options);
  if (questions) return questions;
  throw new AdminError('Standard input is not a terminal: pipe the password in, and pass --password-stdin.');
}

/**
 * A password that the policy accepts. A person types it twice, because nobody sees it.
 * @returns undefined when a person would rather have one generated, and may.
 */
export async function askNewPassword(questions: Questions, name: string): Promise<string>;
export async function askNewPassword(
  questions: Questions,
  name: string,
  options: { orGenerated: true },
): Promise<string | undefined>;
export async function askNewPassword(
  questions: Questions,
  name: string,
  { orGenerated = false } = {},
): Promise<string | undefined> {
  const hint = orGenerated ? ' (Enter makes one up)' : '';
  const password = await questions.ask({ what: `new password for ${name}${hint}` });
  if (orGenerated && password === '') return undefined;
  checkPassword(password);
  if (questions.interactive && (await questions.ask({ what: 'same again' })) !== password)
    throw new AdminError('The two passwords differ. Nothing was changed: run the command again.');
  return password;
}
