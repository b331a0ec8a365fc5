/** @file Where an axis of the landscape is named by numbers. */
import { short } from '../../words/numbers.ts';
import type { Axis } from '../../stopping/axes.ts';
import { placeOf } from './places.ts';

export interface Tick {
  value: number;
  /** Of the axis' length. */
  share: number;
}

/** Nearer than this two numbers would run into one another; share of the axis. */
const ROOM = 0.07;

/** The ends where they matter, and round numbers between. */
export function ticksOf(axis: Axis): Tick[] {
  const [first, last] = [axis.values[0]!, axis.values.at(-1)!];
  const round = axis.log ? decades(axis.values.find((value) => value > 0) ?? last, last) : evenAsFar(axis.values);
  const inside = round.filter((value) => value >= first && value <= last);
  const place = (value: number): Tick => ({ value, share: placeOf(value, axis).share });
  const ticks = inside.map(place);
  for (const end of [first, last].map(place)) {
    if (ticks.every(({ share }) => Math.abs(share - end.share) >= ROOM)) ticks.push(end);
  }
  return ticks.sort((a, b) => a.value - b.value);
}

/** Round steps as far as the values are even; beyond that, where they go on by a factor, 1, 2, 5 of each power of ten. */
function evenAsFar(values: readonly number[]): number[] {
  const [first, second, last] = [values[0]!, values[1]!, values.at(-1)!];
  const step = (second - first) * (1 + 1e-6);
  const bend = values.findIndex((value, i) => i > 1 && value - values[i - 1]! > step);
  if (bend === -1) return even(first, last);
  const until = values[bend - 1]!;
  const beyond = decades(until, last).filter((value) => value > until);
  return [...even(first, until).filter((_, i, all) => i % 2 === 0 || all.length < 4), ...beyond];
}

/** Powers of ten, or 1, 2, 5 of each where there are few. */
function decades(first: number, last: number): number[] {
  const powers = Array.from(
    { length: Math.ceil(Math.log10(last)) - Math.floor(Math.log10(first)) + 1 },
    (_, i) => Math.floor(Math.log10(first)) + i,
  );
  const factors = Math.log10(last / first) >= 1.5 ? [1] : [1, 2, 5];
  return powers.flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)));
}

/** Multiples of a round step, four or five. */
function even(first: number, last: number): number[] {
  const rough = (last - first) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough * 0.999) ?? rough;
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => Number((i * step).toPrecision(6)));
}

/** A value of an axis as it is written. */
export const written = (value: number, axis: Axis): string => (axis.integer ? String(value) : short(value));

/** Indices of some values of an axis, for a table: even where it is logarithmic, else closer at its beginning. */
export function sampled(axis: Axis, count: number): number[] {
  const n = axis.values.length;
  const indices = Array.from({ length: Math.min(n, count) }, (_, i) =>
    axis.log
      ? Math.round((i * (n - 1)) / Math.max(1, Math.min(n, count) - 1))
      : Math.round((0.8 * n) / 2 ** (count - 1 - i)) - 1,
  );
  return [...new Set(indices)].filter((index) => index >= 0);
}
