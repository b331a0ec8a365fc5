/** @file Metric histories as JSON on standard input: one, several by name, or a set of runs. */
import { JsonTextError, parseJson, shown } from '../engine/json-text.ts';
import { MAX_BYTES } from '../logs/limits.ts';
import { Mistake } from './mistake.ts';

const SPELLED = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** One metric, or several by their names. */
export function parseHistory(json: string): (number | null)[] | Map<string, (number | null)[]> {
  const parsed = parseInput(json);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return valuesOf(parsed, '');
  const entries = Object.entries(parsed);
  if (entries.length === 0) throw new Mistake('standard input holds {}; give at least one metric');
  return new Map(entries.map(([name, values]) => [name, valuesOf(values, `${name}: `)]));
}

export function parseValues(json: string): (number | null)[] {
  return valuesOf(parseInput(json), '');
}

function parseInput(json: string): unknown {
  try {
    return parseJson(json, MAX_BYTES);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    throw new Mistake(`standard input ${error.message}; give an array like [0.9, 0.8, null, "NaN"]`);
  }
}

/** `prefix` names the metric in messages. */
function valuesOf(parsed: unknown, prefix: string): (number | null)[] {
  if (!Array.isArray(parsed))
    throw new Mistake(`${prefix}standard input holds ${shown(parsed)}; give an array like [0.9, 0.8, null, "NaN"]`);
  if (parsed.length === 0)
    throw new Mistake(`${prefix}standard input holds [], an empty history; give at least one value`);
  return parsed.map((entry: unknown, i) => {
    if (entry === null || typeof entry === 'number') return entry;
    const value = typeof entry === 'string' ? SPELLED.get(entry) : undefined;
    if (value === undefined) {
      throw new Mistake(
        `${prefix}value ${i}: ${shown(entry)} must be a number, null, "NaN", "Infinity" or "-Infinity"`,
      );
    }
    return value;
  });
}

/** Runs, by their names where they have any. */
export function parseRuns(json: string): (number | null)[][] | Map<string, (number | null)[]> {
  const parsed = parseInput(json);
  if (!Array.isArray(parsed)) return parseHistory(json) as Map<string, (number | null)[]>;
  if (parsed.length === 0) throw new Mistake('standard input holds [], no runs; give at least one');
  return parsed.map((values, run) => valuesOf(values, `run ${run}: `));
}
