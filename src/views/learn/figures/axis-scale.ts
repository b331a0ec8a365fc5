/** @file The scale of an axis of a lesson's figure: px of a value, the value at a px, and the ticks that have room. */
import type { FigureAxis } from '../../../lessons/course/figure.ts';
import { fixed, short } from '../../../words/numbers.ts';
import { compact } from '../../../words/units.ts';

export interface AxisScale {
  axis: FigureAxis;
  px: (value: number) => number;
  /** Within the axis. */
  at: (px: number) => number;
  ticks: readonly { value: number; text: string }[];
  /** px of its ends. */
  from: number;
  to: number;
}

/** `room`: px that a tick needs. Categories have their names written by whoever draws them. */
export function axisScale(axis: FigureAxis, from: number, to: number, room: number): AxisScale {
  const categories = axis.unit === 'categories';
  const [low, high] = categories ? [axis.from - 0.5, axis.to + 0.5] : [axis.from, axis.to];
  const f = axis.log ? Math.log : (value: number) => value;
  const g = axis.log ? Math.exp : (value: number) => value;
  const [a, b] = [f(low), f(high)];
  const px = (value: number) => from + ((f(value) - a) / (b - a)) * (to - from);
  const at = (x: number) => Math.min(high, Math.max(low, g(a + ((x - from) / (to - from)) * (b - a))));
  return { axis, px, at, ticks: ticksOf(axis, px, room), from, to };
}

function ticksOf(axis: FigureAxis, px: (value: number) => number, room: number): AxisScale['ticks'] {
  const { from, to, unit, log } = axis;
  if (unit === 'categories')
    return Array.from({ length: Math.round(to - from) + 1 }, (_, i) => ({ value: from + i, text: '' }));
  const span = Math.abs(px(to) - px(from));
  const values = log ? decades(from, to) : multiples(from, to, Math.max(1, span / room));
  const decimals = Math.min(6, Math.max(0, -Math.floor(Math.log10(stepOf(from, to, Math.max(1, span / room))) + 1e-9)));
  const text = (value: number) =>
    unit === 'epochs' || unit === 'updates' || unit === 'examples' || unit === 'flops'
      ? compact(value)
      : log
        ? short(value)
        : value === 0
          ? '0'
          : fixed(value, decimals);
  const kept: { value: number; text: string }[] = [];
  const ends = unit === 'epochs' ? [from, to] : [];
  const free = (value: number) =>
    [...kept.map((tick) => tick.value), ...ends].every((other) => Math.abs(px(other) - px(value)) >= room * 0.7);
  for (const value of values) if (free(value)) kept.push({ value, text: text(value) });
  for (const value of ends) kept.push({ value, text: text(value) });
  return kept.sort((a, b) => a.value - b.value);
}

/** The nearest of 1, 2, 5 × 10ᵏ. */
function stepOf(from: number, to: number, count: number): number {
  const step = (to - from) / count;
  const decade = 10 ** Math.floor(Math.log10(step));
  return decade * ([1, 2, 5, 10].find((n) => n * decade >= step * (1 - 1e-9)) ?? 10);
}

function multiples(from: number, to: number, count: number): number[] {
  const step = stepOf(from, to, count);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Powers of ten first, so that they get their place before 2 and 5 times them. */
function decades(from: number, to: number): number[] {
  const found = (lead: number) => {
    const values: number[] = [];
    for (let k = Math.floor(Math.log10(from)); k <= Math.ceil(Math.log10(to)); k++) {
      const value = lead * 10 ** k;
      if (value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)) values.push(value);
    }
    return values;
  };
  return [...found(1), ...found(2), ...found(5)];
}
