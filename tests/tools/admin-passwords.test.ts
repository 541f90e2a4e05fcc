import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { checkPassword, generatePassword, passwordPolicy } from '../../tools/admin/passwords.ts';
import { answersIn, askingAt, askNewPassword } from '../../tools/admin/questions.ts';
import { synthesize } from '../infra/synthesized.ts';

describe('the password policy', () => {
  test('is that of the user pool', () => {
    const [[, pool] = []] = synthesize().all('AWS::Cognito::UserPool');
    expect(pool?.Properties.Policies.PasswordPolicy).toMatchObject({
      MinimumLength: passwordPolicy.minLength,
      RequireLowercase: passwordPolicy.lowercase,
      RequireUppercase: passwordPolicy.uppercase,
      RequireNumbers: passwordPolicy.digits,
      RequireSymbols: passwordPolicy.symbols,
    });
  });

  test.each([
    ['Short-1', 'is shorter than 12 characters'],
    ['CORRECT-HORSE-7', 'has no lower-case letter'],
    ['correct-horse-7', 'has no upper-case letter'],
    ['Correct-Horse-x', 'has no digit'],
    ['CorrectHorse777', 'has no symbol'],
    ['Correct-Horse-7 ', 'begins or ends with a space'],
    [`Correct-Horse-7${'x'.repeat(250)}`, 'is longer than 256 characters'],
    ['correct horse', 'has no upper-case letter and has no digit'],
  ])('refuses %j, and says what it lacks without repeating it', (password, lacks) => {
    expect(() => checkPassword(password)).toThrow(`The password ${lacks}. `);
    expect(() => checkPassword(password)).not.toThrow(password);
  });

  test.each(['Correct-Horse-7', 'Correct Horse 7', 'Ñandú=corredor9A'])('accepts %j', (password) => {
    expect(() => checkPassword(password)).not.toThrow();
  });

  test('accepts every password that is made up, and no two are the same', () => {
    const made = Array.from({ length: 500 }, () => generatePassword());
    for (const password of made) expect(() => checkPassword(password)).not.toThrow();
    expect(new Set(made).size).toBe(made.length);
  });

  test('is met by drawing again, and not by patching', () => {
    // The first draw is all of one letter.
    let drawn = 0;
    const password = generatePassword((limit) => (drawn++ < 24 ? 0 : (drawn * 7) % limit));
    expect(drawn % 24).toBe(0);
    expect(drawn).toBeGreaterThan(24);
    expect(() => checkPassword(password)).not.toThrow();
  });
});

describe('at a terminal', () => {
  /** Types each text when something is asked. */
  const typing = (...texts: string[]) => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const questions = askingAt({ input, output });
    const ask: typeof questions.ask = (question) => {
      const answer = questions.ask(question);
      input.write(texts.shift() ?? '');
      return answer;
    };
    return { questions: { interactive: true, ask }, shown: () => text(output.end()) };
  };

  test('a password is not shown while it is typed', async () => {
    const { questions, shown } = typing('Correx\bct-Horse-7\r');
    await expect(questions.ask({ what: 'password of ana' })).resolves.toBe('Correct-Horse-7');
    await expect(shown()).resolves.toBe('Password of ana: \n');
  });

  test('a code is', async () => {
    const { questions, shown } = typing('123456\r');
    await expect(questions.ask({ what: 'code', shown: true })).resolves.toBe('123456');
    await expect(shown()).resolves.toContain('123456');
  });

  test('Ctrl-C stops it', async () => {
    const { questions } = typing('Corr\x03');
    await expect(questions.ask({ what: 'password of ana' })).rejects.toThrow('Stopped.');
  });

  test('a new password is typed twice', async () => {
    const same = typing('Correct-Horse-7\r', 'Correct-Horse-7\r');
    await expect(askNewPassword(same.questions, 'ana')).resolves.toBe('Correct-Horse-7');
    const other = typing('Correct-Horse-7\r', 'Correct-Horse-8\r');
    await expect(askNewPassword(other.questions, 'ana')).rejects.toThrow('The two passwords differ.');
  });

  test('Enter alone asks for a made-up one, where there may be one', async () => {
    await expect(askNewPassword(typing('\r').questions, 'ana', { orGenerated: true })).resolves.toBeUndefined();
    await expect(askNewPassword(typing('\r').questions, 'ana')).rejects.toThrow('is shorter');
  });
});

describe('from standard input', () => {
  test('each line is an answer, and spaces belong to it', async () => {
    const questions = answersIn(' a b \r\nc');
    await expect(questions.ask({ what: 'first' })).resolves.toBe(' a b ');
    await expect(questions.ask({ what: 'second' })).resolves.toBe('c');
    await expect(questions.ask({ what: 'third' })).rejects.toThrow('Standard input has no line for the third.');
  });

  test('an empty line is no password, and never leads to a made-up one', async () => {
    await expect(askNewPassword(answersIn('\n'), 'ana', { orGenerated: true })).rejects.toThrow('has no line');
  });
});
