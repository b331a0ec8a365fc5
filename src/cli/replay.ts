/** @file `npm run replay`: what a library's early stopping would have done with a history read from standard input. */
import { parseArgs } from 'node:util';
import { explain, replayKeras, type KerasRule } from '../stopping/keras.ts';

export interface Io {
  stdin: AsyncIterable<string | Uint8Array>;
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

const USAGE = `usage: npm run --silent replay -- --library keras [--patience n] [--min-delta x] [--baseline x]
         [--start-from-epoch n] [--mode min|max] < values.json
values.json: an array of numbers, null for a missing value, "NaN", "Infinity" or "-Infinity"
`;

const OPTIONS = {
  library: { type: 'string' },
  patience: { type: 'string' },
  'min-delta': { type: 'string' },
  baseline: { type: 'string' },
  'start-from-epoch': { type: 'string' },
  mode: { type: 'string' },
} as const;
type Option = keyof typeof OPTIONS;

/** A person's mistake: said in one line, without a stack. */
class Mistake extends Error {}

/**
 * Prints one JSON line `{"stop", "restored", "reason"}`, epochs counted from 0: the last epoch trained if the rule
 * fired, and the epoch whose weights a run with `restore_best_weights` ends with; null where there is none.
 * Resolves to the exit status: 0, or 2 after a message on standard error. Defaults are the library's own.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    const rule = parseRule(argv);
    const values = parseValues(await text(io.stdin));
    const replay = replayKeras(values, rule);
    const stop = replay.fired ? replay.stop : null;
    const restored = replay.best === -1 ? null : replay.best;
    io.stdout.write(`${JSON.stringify({ stop, restored, reason: explain(replay, rule, values) })}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    io.stderr.write(`replay: ${error.message}\n${USAGE}`);
    return 2;
  }
}

function parseRule(argv: readonly string[]): KerasRule {
  const given = options(argv);
  if (given.library === undefined) throw new Mistake('--library is missing; add --library keras');
  if (given.library !== 'keras') throw new Mistake(`--library: "${given.library}" is not known; use keras`);
  if (given.mode !== undefined && given.mode !== 'min' && given.mode !== 'max') {
    throw new Mistake(`--mode: "${given.mode}" must be min or max`);
  }
  return {
    mode: given.mode ?? 'min',
    patience: epochs('patience', given.patience),
    minDelta: given['min-delta'] === undefined ? 0 : number('min-delta', given['min-delta']),
    baseline: given.baseline === undefined ? null : number('baseline', given.baseline),
    startFromEpoch: epochs('start-from-epoch', given['start-from-epoch']),
    restoreBestWeights: true,
  };
}

function options(argv: readonly string[]): Partial<Record<Option, string>> {
  // parseArgs takes `-0.5` for an option: a value that looks like a negative number is tied to its name first.
  const args: string[] = [];
  for (const arg of argv) {
    const name = args.at(-1);
    if (/^-[\d.]/.test(arg) && name?.startsWith('--') && !name.includes('=')) args[args.length - 1] = `${name}=${arg}`;
    else args.push(arg);
  }
  try {
    return parseArgs({ args, options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new Mistake((error as Error).message);
  }
}

function number(name: Option, given: string): number {
  const value = Number(given);
  if (given.trim() === '' || !Number.isFinite(value))
    throw new Mistake(`--${name}: "${given}" must be a finite number`);
  return value;
}

function epochs(name: Option, given: string | undefined): number {
  if (given === undefined) return 0;
  const value = number(name, given);
  if (!Number.isInteger(value) || value < 0)
    throw new Mistake(`--${name}: "${given}" must be a whole number of epochs, 0 or more`);
  return value;
}

const SPELLED = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

function parseValues(json: string): (number | null)[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw new Mistake(
      `standard input is not JSON (${(error as Error).message}); give an array like [0.9, 0.8, null, "NaN"]`,
    );
  }
  if (!Array.isArray(parsed))
    throw new Mistake(`standard input holds ${short(parsed)}; give an array like [0.9, 0.8, null, "NaN"]`);
  return parsed.map((entry: unknown, i) => {
    if (entry === null || typeof entry === 'number') return entry;
    const value = typeof entry === 'string' ? SPELLED.get(entry) : undefined;
    if (value === undefined) {
      throw new Mistake(`value ${i}: ${short(entry)} must be a number, null, "NaN", "Infinity" or "-Infinity"`);
    }
    return value;
  });
}

function short(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 40 ? `${json.slice(0, 40)}…` : json;
}

async function text(stdin: Io['stdin']): Promise<string> {
  const decoder = new TextDecoder();
  let all = '';
  for await (const chunk of stdin) all += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return all + decoder.decode();
}
