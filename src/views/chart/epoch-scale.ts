/** @file The epoch axis that both charts and the scrubber share. Epochs are indices from 0, shown as index + 1. */

export interface EpochScale {
  /** px of an epoch; takes fractions, such as a mean stop. */
  x(epoch: number): number;
  /** The fractional epoch at a px, also beyond the ends. */
  at(px: number): number;
  /** The epoch nearest to a px, from 0 to epochs − 1. */
  invert(px: number): number;
  /** Epochs worth a number under the axis; the first and the last are always among them. */
  ticks: number[];
  /** `[epochs]`: px of every epoch. */
  xs: Float64Array;
  /** px of the first epoch, and from there to the last. */
  left: number;
  span: number;
}

interface Wish {
  width: number;
  /** Gutters in px. */
  left: number;
  right: number;
  /** How many epochs the axis holds. */
  epochs: number;
  /** Logarithmic in the number of epochs trained, which gives room to the crowded beginning. */
  axis: 'linear' | 'log';
}

/** px between two ticks that both carry a number: at least, and between the even steps of a linear axis. */
const ROOM = 40;
const EVEN_ROOM = 60;

export function epochScale({ width, left, right, epochs, axis }: Wish): EpochScale {
  const span = Math.max(1, width - left - right);
  const last = Math.max(1, epochs - 1);
  const whole = Math.log(last + 1);
  const x =
    axis === 'log'
      ? (epoch: number) => left + (span * Math.log(epoch + 1)) / whole
      : (epoch: number) => left + (span * epoch) / last;
  const at =
    axis === 'log'
      ? (px: number) => Math.exp(((px - left) * whole) / span) - 1
      : (px: number) => ((px - left) * last) / span;
  return {
    x,
    at,
    invert: (px) => Math.min(epochs - 1, Math.max(0, Math.round(at(px)))),
    ticks: ticks(epochs, axis, x),
    xs: Float64Array.from({ length: epochs }, (_, epoch) => x(epoch)),
    left,
    span,
  };
}

function ticks(epochs: number, axis: 'linear' | 'log', x: (epoch: number) => number): number[] {
  const last = epochs - 1;
  if (last < 1) return [0];
  const chosen = [0];
  for (const trained of axis === 'log' ? roundNumbers(epochs) : multiples(epochs, x(last) - x(0))) {
    const epoch = trained - 1;
    if (x(epoch) - x(chosen.at(-1)!) >= ROOM && x(last) - x(epoch) >= ROOM) chosen.push(epoch);
  }
  return [...chosen, last];
}

/** 2, 5, 10, 20, … below a limit. */
function roundNumbers(limit: number): number[] {
  const found: number[] = [];
  for (let decade = 1; decade < limit; decade *= 10) found.push(2 * decade, 5 * decade, 10 * decade);
  return found.filter((n) => n < limit);
}

/** The multiples of the smallest of 1, 2, 5, 10, … that leaves room for its numbers, below a limit. */
function multiples(limit: number, span: number): number[] {
  const step = [1, ...roundNumbers(limit)].find((n) => (n / limit) * span >= EVEN_ROOM) ?? limit;
  return Array.from({ length: Math.ceil(limit / step) - 1 }, (_, i) => (i + 1) * step);
}
