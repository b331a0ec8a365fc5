/** @file `npm run replay`: what a library's early stopping would have done with a history read from standard input. */
import { LogError } from '../logs/log-error.ts';
import { asked, logIn, policyFileOf, USAGE } from './library-options.ts';
import { Mistake } from './mistake.ts';
import type { Io } from './io.ts';
import { replayLog } from './replay-log.ts';
import { readPolicy, replayFile } from './policy-file.ts';

/**
 * Prints one JSON line `{"stop", "restored", "reason"}`, epochs counted from 0: the last epoch trained if the rule
 * stopped the run, and the epoch that it holds for the best, whose weights a run that restores ends with; null where
 * there is none. Resolves to the exit status: 0, or 2 after a message on standard error. Options are the library's
 * parameters, defaults its own; where it would guess from the metric's name (`auto`), less is better. With `--policy` a
 * policy file is replayed, and standard input may hold several metrics by name. With `--log` the runs of a log are
 * replayed instead, one line each, with the run's name.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let usage = USAGE;
  try {
    const file = policyFileOf(argv);
    if (file !== null) {
      const policy = await readPolicy(file);
      io.stdout.write(`${JSON.stringify(replayFile(policy, parseHistory(await text(io.stdin))))}\n`);
      return 0;
    }
    const log = logIn(argv);
    const question = asked(log?.others ?? argv);
    usage = question.usage;
    const { rule, settings } = question.read();
    if (log) {
      for (const line of await replayLog(log, rule, settings)) io.stdout.write(`${JSON.stringify(line)}\n`);
      return 0;
    }
    const values = parseValues(await text(io.stdin));
    const watch = rule.start(settings);
    const epoch = values.findIndex((value) => watch.observe(value, {}));
    const stop = epoch === -1 ? null : epoch;
    const restored = watch.best === -1 ? null : watch.best;
    io.stdout.write(`${JSON.stringify({ stop, restored, reason: watch.why() })}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Mistake) && !(error instanceof LogError)) throw error;
    io.stderr.write(`replay: ${error.message}\n${error instanceof Mistake ? usage : ''}`);
    return 2;
  }
}

const SPELLED = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** One metric, or several by their names. */
function parseHistory(json: string): (number | null)[] | Map<string, (number | null)[]> {
  const parsed = parseJson(json);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return valuesOf(parsed, '');
  const entries = Object.entries(parsed);
  if (entries.length === 0) throw new Mistake('standard input holds {}; give at least one metric');
  return new Map(entries.map(([name, values]) => [name, valuesOf(values, `${name}: `)]));
}

function parseValues(json: string): (number | null)[] {
  return valuesOf(parseJson(json), '');
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Mistake(
      `standard input is not JSON (${(error as Error).message}); give an array like [0.9, 0.8, null, "NaN"]`,
    );
  }
}

/** `prefix` names the metric in messages. */
function valuesOf(parsed: unknown, prefix: string): (number | null)[] {
  if (!Array.isArray(parsed))
    throw new Mistake(`${prefix}standard input holds ${short(parsed)}; give an array like [0.9, 0.8, null, "NaN"]`);
  if (parsed.length === 0)
    throw new Mistake(`${prefix}standard input holds [], an empty history; give at least one value`);
  return parsed.map((entry: unknown, i) => {
    if (entry === null || typeof entry === 'number') return entry;
    const value = typeof entry === 'string' ? SPELLED.get(entry) : undefined;
    if (value === undefined) {
      throw new Mistake(
        `${prefix}value ${i}: ${short(entry)} must be a number, null, "NaN", "Infinity" or "-Infinity"`,
      );
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
