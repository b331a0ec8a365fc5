import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { main } from './replay.ts';

async function run(args: string, input: string | Uint8Array[]) {
  let stdout = '';
  let stderr = '';
  const chunks = typeof input === 'string' ? [input] : input;
  const status = await main(args.split(' ').filter(Boolean), {
    stdin: Readable.from(chunks),
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { status, stdout, stderr };
}

// Rows of the cross-library table, as Keras 3 answers them.
const A = '[1, 0.8, 0.7, 0.75, 0.72, 0.71, 0.69, 0.68]';
const C = '[1, 0.96875, 0.9375, 0.90625, 0.875, 0.84375, 0.8125, 0.78125]';
const F = '[0.9, 0.8, 0.7, 0.71, 0.72, 0.73, 0.74, 0.75]';

describe('replay from the command line', () => {
  it.each([
    ['', A, 3, 2],
    ['--patience 2', A, 4, 2],
    ['--patience 4', A, null, 7],
    ['--patience 2 --min-delta 0.05', C, null, 6],
    ['--patience 1 --min-delta=-0.05', C, 1, 0],
    ['--patience 1 --min-delta -0.05', C, 1, 0],
    ['--patience 5 --baseline 0.5', F, 4, 2],
    ['--patience 2 --start-from-epoch 3', '[0.5,0.4,0.3,0.6,0.7,0.8,0.9]', 5, 3],
    ['--patience 1 --mode max --baseline -1', '[-3, -2, -2.5]', 2, 1],
    ['--patience 2', '[0.9, "NaN", null, "Infinity"]', 3, 0],
    ['', '["-Infinity", 1]', 1, 0],
    ['', '[null]', null, null],
    ['', '[]', null, null],
  ])('%s %s stops at %s, restores %s', async (args, values, stop, restored) => {
    const { status, stdout, stderr } = await run(`--library keras ${args}`, values);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(stdout)).toEqual({ stop, restored, reason: expect.stringMatching(/./) });
  });

  it('puts chunks together, also where they cut a character', async () => {
    const bytes = new TextEncoder().encode('[1, "é"]');
    const { status, stderr } = await run('--library keras', [bytes.slice(0, 6), bytes.slice(6)]);
    expect(status).toBe(2);
    expect(stderr).toContain('value 1: "é" must be a number');
  });

  it.each([
    ['', '[]', '--library is missing; add --library keras'],
    ['--library torch', '[]', '--library: "torch" is not known; use keras'],
    ['--library keras --patience 1.5', '[]', '--patience: "1.5" must be a whole number of epochs, 0 or more'],
    ['--library keras --patience -1', '[]', '--patience: "-1" must be a whole number'],
    ['--library keras --min-delta x', '[]', '--min-delta: "x" must be a finite number'],
    ['--library keras --baseline=', '[]', '--baseline: "" must be a finite number'],
    ['--library keras --mode auto', '[]', '--mode: "auto" must be min or max'],
    ['--library keras --monitor loss', '[]', "Unknown option '--monitor'"],
    ['--library keras surplus', '[]', "Unexpected argument 'surplus'"],
    ['--library keras', '', 'standard input is not JSON'],
    ['--library keras', '[NaN]', 'standard input is not JSON'],
    ['--library keras', '{"loss": [1]}', 'standard input holds {"loss":[1]}; give an array'],
    ['--library keras', '[1, true]', 'value 1: true must be a number'],
    ['--library keras', '["0.5"]', 'value 0: "0.5" must be a number'],
  ])('%s %s: says what is wrong and exits with 2', async (args, input, message) => {
    const { status, stdout, stderr } = await run(args, input);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('usage: npm run --silent replay');
  });
});
