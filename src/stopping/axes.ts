/** @file The axes of the policy landscape: numbers of a stopping rule, each with the values that the map takes of it. */
import type { Policy } from '../engine/experiment/experiment.ts';
import { keyInWords, leavesOf, ruleOf, type Leaf, type Descriptions } from './policy.ts';
import type { Parameter, ParameterRole } from './rule.ts';

/** 1 to 100 epochs. */
export const PATIENCES: readonly number[] = Array.from({ length: 100 }, (_, i) => i + 1);
/** 0.0001 to 0.1, twelve steps a decade, to two digits so that a field and a link show them short. */
export const MIN_DELTAS: readonly number[] = Array.from({ length: 37 }, (_, i) =>
  Number((10 ** (-4 + i / 12)).toPrecision(2)),
);

export interface Axis {
  /** Where the number stands in the policy, e.g. `patience` or `any.0.alpha`. */
  path: string;
  /** How people say it. */
  label: string;
  /** Ascending. */
  values: readonly number[];
  /** Whether neighbours differ by a factor; 0, where it leads the values, stands one step before the next. */
  log: boolean;
  integer: boolean;
  /** What the number does in its rule. */
  role?: ParameterRole;
}

/** What is known of a number: its limits and what it is when nothing is said (null: nothing). */
export interface Range {
  min: number;
  max: number;
  integer?: boolean;
  default: number | null;
}

/** What a map must also hold: the least and the largest value that a number of this role had. */
export type Reach = Readonly<Partial<Record<ParameterRole, readonly number[]>>>;

/** Steps between neighbours beyond the counters that are drawn one by one: a factor, so that few reach far. */
const COUNTER_FACTOR = 1.02;
const MORE_COUNTERS = 100;
const MARGINS_PER_DECADE = 12;

/** Values of a whole number, about; of any other, for each decade. */
const WHOLE = 24;
const PER_DECADE = 6;
/** Decades from below that of a default to above it. */
const BELOW = 1;
const ABOVE = 2;
/** Where a number that is 0 by default begins to matter, and where it ends to, as 10 to the power. */
const FROM_ZERO = [-4, -1] as const;
/** Decades that are drawn at most; values further below lie off the map. */
const MAX_DECADES = 8;
/** Up to this ratio of its limits a range is drawn evenly. */
const EVEN = 20;

/**
 * The values of an axis; null where nothing says how large the number is: it is unset, and so is its default.
 * Whole numbers count epochs and go from the smallest to the whole run, any others some decades about their default.
 * The decade of the current value is always among them, so that the map stays while the value moves within it.
 */
export function axisValues(range: Range, current: number | null, epochs: number): Pick<Axis, 'values' | 'log'> | null {
  const { min, max, integer, default: usual } = range;
  if (usual === null && !(current !== null && current > 0)) return null;
  if (integer) {
    const run = current !== null && current > epochs ? 10 ** Math.ceil(Math.log10(current)) : epochs;
    const values = wholeNumbers(Math.max(1, min), Math.max(1, Math.min(max, run)));
    return { values: min <= 0 ? [0, ...values] : values, log: true };
  }
  if (usual !== null && max - min <= EVEN && min >= 0 && max <= 1) {
    const step = (max - min) / WHOLE;
    return { values: Array.from({ length: WHOLE + 1 }, (_, i) => Number((min + i * step).toPrecision(4))), log: false };
  }
  return { values: decades(range, current), log: true };
}

/** Whole numbers by about equal factors, each once. */
function wholeNumbers(from: number, to: number): number[] {
  const factor = (to / from) ** (1 / (WHOLE - 1));
  const values = Array.from({ length: WHOLE }, (_, i) => Math.round(from * factor ** i));
  return [...new Set(values)];
}

function decades({ min, max, default: usual }: Range, current: number | null): number[] {
  const power = (value: number) => Math.floor(Math.log10(value) + 1e-9);
  const around = usual === null ? [] : usual === 0 ? [...FROM_ZERO] : [power(usual) - BELOW, power(usual) + ABOVE];
  const here = Math.abs(current ?? 0);
  if (here > 0) around.push(power(here), Math.ceil(Math.log10(here) - 1e-9));
  const high = Math.max(...around);
  const low = Math.max(Math.min(...around), high - MAX_DECADES);
  const steps = Math.max(1, high - low) * PER_DECADE;
  const values = Array.from({ length: steps + 1 }, (_, i) => Number((10 ** (low + i / PER_DECADE)).toPrecision(2)));
  const inside = values.filter((value) => value >= min && value <= max);
  return min <= 0 && (current === 0 || usual === 0) ? [0, ...inside] : inside;
}

/** The counters, and more of them by equal factors as far as these values: to 200, 500, 1000 and so on. */
function countersTo(counters: readonly number[], reach: readonly number[]): readonly number[] {
  const last = counters.at(-1)!;
  const most = Math.max(...reach);
  if (!(most > last)) return counters;
  const power = 10 ** Math.floor(Math.log10(most));
  const end = [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= most)!;
  const steps = Math.min(MORE_COUNTERS, Math.ceil(Math.log(end / last) / Math.log(COUNTER_FACTOR)));
  const more = Array.from({ length: steps }, (_, i) => Math.round(last * (end / last) ** ((i + 1) / steps)));
  return [...new Set([...counters, ...more])];
}

/** The margins, with whole decades below or above them and 0 as far as these values. */
function marginsTo(reach: readonly number[]): readonly number[] {
  const [first, last] = [Math.log10(MIN_DELTAS[0]!), Math.log10(MIN_DELTAS.at(-1)!)];
  const powers = reach.filter((value) => value > 0).map((value) => Math.log10(value));
  const high = Math.ceil(Math.max(last, ...powers) - 1e-9);
  const low = Math.max(Math.floor(Math.min(first, ...powers) + 1e-9), high - MAX_DECADES);
  const steps = Math.round((high - low) * MARGINS_PER_DECADE);
  const values = Array.from({ length: steps + 1 }, (_, i) =>
    Number((10 ** (low + i / MARGINS_PER_DECADE)).toPrecision(2)),
  );
  return reach.includes(0) ? [0, ...values] : values;
}

/** Patiences that can stop a run of so many epochs, 2 at least. */
export const patiencesUpTo = (epochs: number): readonly number[] => PATIENCES.slice(0, Math.max(2, epochs));

/**
 * Every number of a policy that may stand on an axis, in a run of so many epochs. A rule that can sweep its counter has more
 * values of its counter and its margin: `counters` and `MIN_DELTAS`, and as many more as take in where it is now, and `reach`.
 */
export function axesIn(
  policy: Policy,
  rules: Descriptions,
  epochs: number,
  counters = PATIENCES,
  reach: Reach = {},
): Axis[] {
  const leaves = leavesOf(policy);
  return leaves.flatMap((leaf, i) => {
    const { label, parameters, sweeps } = ruleOf(leaf.policy, rules);
    const alike = leaves.filter((other) => other.policy.rule === leaf.policy.rule).length > 1;
    const member = leaves.length === 1 ? '' : `${label}${alike ? ` (${i + 1})` : ''}: `;
    const fine = sweeps === true && leaf.path === '';
    return Object.entries(parameters).flatMap(([key, parameter]) => {
      const values = valuesOf(leaf, key, parameter, epochs, fine ? { counters, reach } : null);
      if (!values || values.values.length < 2) return [];
      const { role } = parameter;
      const integer = 'integer' in parameter && parameter.integer === true;
      const path = leaf.path === '' ? key : `${leaf.path}.${key}`;
      return [{ path, label: member + keyInWords(key), integer, ...values, ...(role && { role }) }];
    });
  });
}

/** `fine`: of a rule that sweeps its counter; null for every other. */
function valuesOf(
  { policy }: Leaf,
  key: string,
  parameter: Parameter,
  epochs: number,
  fine: { counters: readonly number[]; reach: Reach } | null,
) {
  if (parameter.kind !== 'number' && parameter.kind !== 'optional') return null;
  const here = numberAt(policy, key);
  const { role } = parameter;
  if (fine && (role === 'counter' || role === 'margin')) {
    const reach = [...(fine.reach[role] ?? []), ...(here === null ? [] : [here])];
    return role === 'counter'
      ? { values: countersTo(fine.counters, reach), log: false }
      : { values: marginsTo(reach), log: true };
  }
  return axisValues(parameter, here, epochs);
}

/** The policy with one number changed. */
export function withNumber(policy: Policy, path: string, value: number): Policy {
  const change = (at: unknown, [key, ...rest]: string[]): unknown => {
    if (key === undefined) return value;
    if (Array.isArray(at)) return at.map((member: unknown, i) => (i === Number(key) ? change(member, rest) : member));
    const fields = at as Record<string, unknown>;
    return { ...fields, [key]: change(fields[key], rest) };
  };
  return change(policy, path.split('.')) as Policy;
}

/** What was chosen for an axis, by its path; null: nothing yet. */
export interface ChosenAxes {
  x: string | null;
  y: string | null;
}

export interface Axes {
  /** What may be chosen. */
  options: readonly Axis[];
  x: Axis;
  /** Null: the rule has only one number. */
  y: Axis | null;
}

/** The axes chosen, as far as there are such; in place of others those that matter most. Null without any. */
export function axesOf(options: readonly Axis[], chosen: ChosenAxes): Axes | null {
  const named = (path: string | null) => options.find((axis) => axis.path === path);
  const second = named(chosen.y);
  const free = options.filter((axis) => axis !== second);
  const x = named(chosen.x) ?? free.find(({ role }) => role === 'counter') ?? free[0] ?? second;
  if (!x) return null;
  const y = second && second !== x ? second : (options.find((axis) => axis !== x) ?? null);
  return { options, x, y };
}

/** The counter and the margin of a rule, as its sliders set them; null for a policy that has not both once. */
export function sliderAxes(options: readonly Axis[]): Axes | null {
  const [x, ...xs] = options.filter(({ role }) => role === 'counter');
  const [y, ...ys] = options.filter(({ role }) => role === 'margin');
  return x && y && xs.length + ys.length === 0 ? { options, x, y } : null;
}

/** The number at a path of a policy; null where there is none. */
export function numberAt(document: unknown, path: string): number | null {
  const value = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], document);
  return typeof value === 'number' ? value : null;
}
