/** @file The vertical axis of the runs: from where they matter to where a few values would take all the room. */
import { nice, quantile, ticks } from 'd3-array';
import type { LogRun } from '../../logs/run-data.ts';
import type { Direction } from '../../stopping/rule.ts';

export interface RunRange {
  low: number;
  high: number;
  ticks: number[];
  /** What the head says of it: `cut at 0.3`; empty where nothing is cut. */
  cut: string;
}

/** Values looked at, evenly spread over all of them. */
const SAMPLE = 20_000;
/** The share that the axis shows at least. */
const SHOWN = 0.96;
/** From zero on where that costs less than this share of the height. */
const ZERO = 0.45;

/** The good end is shown to the last value, the bad one is cut. Null where no value is finite. */
export function rangeOf(runs: readonly LogRun[], direction: Direction, steps = 4): RunRange | null {
  const total = runs.reduce((sum, { watched }) => sum + watched.values.length, 0);
  const stride = Math.max(1, Math.floor(total / SAMPLE));
  const sample: number[] = [];
  let [least, most] = [Infinity, -Infinity];
  let at = 0;
  for (const { watched } of runs) {
    for (const value of watched.values) {
      if (Number.isFinite(value)) {
        if (value < least) least = value;
        if (value > most) most = value;
        if (at % stride === 0) sample.push(value);
      }
      at++;
    }
  }
  if (sample.length === 0) return null;
  const [from, to] = direction === 'min' ? [least, quantile(sample, SHOWN)!] : [quantile(sample, 1 - SHOWN)!, most];
  const zero = direction === 'min' && from >= 0 && from < ZERO * to ? 0 : from;
  const spread = to > zero ? to - zero : Math.abs(to) || 1;
  const [low, high] = nice(zero, to > zero ? to : zero + spread, steps);
  const text = (value: number) => String(Number(value.toPrecision(3))).replace('-', '−');
  const cut =
    direction === 'min' ? (most > high ? `cut at ${text(high)}` : '') : least < low ? `cut below ${text(low)}` : '';
  return { low, high, ticks: ticks(low, high, steps), cut };
}
