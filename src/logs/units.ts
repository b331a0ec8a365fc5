/** @file What an evaluation was, in words: how many there are, and how many epochs and steps apart. */
import type { LogCurve, LogValues } from './curves.ts';

/** `4 evaluations`, `every 2 epochs`; `8 evaluations`, `within epoch 0`, `every 500 steps`. */
export function unitsOf({ values, clock }: Pick<LogCurve, 'values' | 'clock'>): string[] {
  const count = `${values.length} ${values.length === 1 ? 'evaluation' : 'evaluations'}`;
  if (values.length < 2) return [count];
  const epochs = clock.epoch && spacing(clock.epoch);
  const steps = clock.step && spacing(clock.step);
  const parts: string[] = [];
  if (epochs === 'one') parts.push(`within epoch ${clock.epoch![0]}`);
  else if (epochs) parts.push(every(epochs, 'epoch'));
  if (steps && steps !== 'one') parts.push(every(steps, 'step'));
  return [count, ...parts];
}

type Spacing = { median: number; even: boolean };

/** How far apart values of a clock are; `one` where it stands still, null where it does not tell. */
function spacing(values: LogValues): Spacing | 'one' | null {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return null;
  const gaps = known.slice(1).map((value, i) => value - known[i]!);
  if (gaps.every((gap) => gap === 0)) return 'one';
  const median = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
  return median > 0 || gaps.some((gap) => gap > 0)
    ? { median, even: gaps.every((gap) => Math.abs(gap - median) <= 1e-6 * Math.abs(median)) }
    : null;
}

function every({ median, even }: Spacing, unit: string): string {
  if (median === 0) return `several in one ${unit}`;
  const amount = Number(median.toPrecision(3));
  const unitWords = amount === 1 ? unit : `${amount} ${unit}s`;
  return even ? `every ${unitWords}` : `about every ${unitWords}`;
}
