/** @file The axes of the policy landscape: numbers of a stopping rule, each with the values that the map takes of it. */
import type { StoppingSettings } from '../engine/experiment/experiment.ts';
import { STOPPING } from '../engine/experiment/settings/stopping.ts';

/** 1 to 100 epochs. */
export const PATIENCES: readonly number[] = Array.from({ length: 100 }, (_, i) => i + 1);
/** 0.0001 to 0.1, twelve steps a decade, to two digits so that a field and a link show them short. */
export const MIN_DELTAS: readonly number[] = Array.from({ length: 37 }, (_, i) =>
  Number((10 ** (-4 + i / 12)).toPrecision(2)),
);

export interface Axis {
  /** Where the number stands below the settings of the rule, e.g. `patience`, or below a policy, e.g. `any.0.alpha`. */
  path: string;
  /** How people say it. */
  label: string;
  /** Ascending. */
  values: readonly number[];
  /** Whether neighbours differ by a factor; 0, where it leads the values, stands one step before the next. */
  log: boolean;
  integer: boolean;
}

/** What is known of a number: its limits and what it is when nothing is said (null: nothing). */
export interface Range {
  min: number;
  max: number;
  integer?: boolean;
  default: number | null;
}

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
  return values.filter((value) => value >= min && value <= max);
}

export const PATIENCE: Axis = { path: 'patience', label: 'patience', values: PATIENCES, log: false, integer: true };
export const MIN_DELTA: Axis = { path: 'minDelta', label: 'min delta', values: MIN_DELTAS, log: true, integer: false };

/** Patiences that can stop a run of so many epochs, 2 at least. */
export const patienceUpTo = (epochs: number): Axis => ({
  ...PATIENCE,
  values: PATIENCES.slice(0, Math.max(2, epochs)),
});

/** The numbers of the rule of Keras, by the names of the settings. */
export function kerasAxes({ baseline }: StoppingSettings, epochs: number, patience = PATIENCE): Axis[] {
  const start = STOPPING.startFromEpoch;
  const ranges: { path: string; label: string; range: Range; current: number | null }[] = [
    { path: 'startFromEpoch', label: start.label, range: start, current: null },
    { path: 'baseline', label: 'baseline', range: { min: -1e9, max: 1e9, default: null }, current: baseline },
  ];
  const others = ranges.flatMap(({ path, label, range, current }) => {
    const values = axisValues(range, current, epochs);
    return values ? [{ path, label, integer: range.integer ?? false, ...values }] : [];
  });
  return [patience, MIN_DELTA, ...others];
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

/** Counts of epochs that a rule waits for, as libraries call them: the first thing to look at. */
const COUNTER = /(patience|n_iter_no_change|rounds)$/;

/** The axes chosen, as far as there are such; in place of others those that matter most. Null without any. */
export function axesOf(options: readonly Axis[], chosen: ChosenAxes): Axes | null {
  const named = (path: string | null) => options.find((axis) => axis.path === path);
  const second = named(chosen.y);
  const free = options.filter((axis) => axis !== second);
  const x = named(chosen.x) ?? free.find(({ path }) => COUNTER.test(path)) ?? free[0] ?? second;
  if (!x) return null;
  const y = second && second !== x ? second : (options.find((axis) => axis !== x) ?? null);
  return { options, x, y };
}

/** The number at a path of settings or of a policy; null where there is none. */
export function numberAt(document: unknown, path: string): number | null {
  const value = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], document);
  return typeof value === 'number' ? value : null;
}
