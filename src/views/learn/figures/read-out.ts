/** @file What a figure says at one place of its horizontal axis, and its numbers as a table. */
import type { Figure, FigureAxis } from '../../../lessons/course/figure.ts';
import type { Message } from '../../../words/messages/message.ts';
import { compact } from '../../../words/units.ts';
import { fixed, plusMinus, short } from '../../../words/numbers.ts';
import { twinEpochs } from '../../chart/twin-epochs.ts';
import { lengthOf } from './draw-figure.ts';

type Say = (message: Message) => string;

export interface FigureReading {
  label: string;
  colour: Extract<Figure, { kind: 'lines' }>['lines'][number]['colour'];
  value: string;
}

/** The index whose x is nearest to a place; −1 where nothing is recorded. */
function nearest(x: ArrayLike<number>, n: number, where: number): number {
  if (n === 0) return -1;
  let best = 0;
  for (let i = 1; i < n; i++) if (Math.abs(x[i]! - where) < Math.abs(x[best]! - where)) best = i;
  return best;
}

export const placeInWords = ({ unit }: FigureAxis, x: number): string =>
  unit === 'epochs' ? String(Math.round(x)) : unit === 'value' || unit === 'share' ? short(x) : compact(x);

/** The values of all labelled lines or areas at a place, and their sum for areas; null where there are none. */
export function readAt(figure: Figure, where: number, say: Say): { parts: FigureReading[]; sum: string | null } | null {
  if (figure.kind !== 'lines' && figure.kind !== 'areas') return null;
  const series = figure.kind === 'lines' ? figure.lines : figure.areas;
  let sum = 0;
  const parts = series.flatMap((line) => {
    if (!line.label) return [];
    const i = nearest(line.x, lengthOf(line, figure.coveredFrom), where);
    const value = line.y[i];
    if (value === undefined || !Number.isFinite(value)) return [];
    sum += value;
    return [{ label: say(line.label), colour: line.colour, value: fixed(value) }];
  });
  if (parts.length === 0) return null;
  return { parts, sum: figure.kind === 'areas' ? fixed(sum) : null };
}

/** The lowest or the highest place that is recorded. */
export function lastPlace(figure: Figure): number | null {
  if (figure.kind !== 'lines' && figure.kind !== 'areas') return null;
  const series = figure.kind === 'lines' ? figure.lines : figure.areas;
  const ends = series.map((line) => line.x[lengthOf(line, figure.coveredFrom) - 1]).filter((x) => x !== undefined);
  return ends.length === 0 ? null : Math.max(...ends);
}

export interface FigureTable {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** The same as the figure, in numbers; of lines with hundreds of epochs about twenty. */
export function figureTableOf(figure: Figure, say: Say): FigureTable {
  switch (figure.kind) {
    case 'lines':
    case 'areas': {
      const series = (figure.kind === 'lines' ? figure.lines : figure.areas).filter((line) => line.label);
      const longest = series.reduce<ArrayLike<number>>(
        (x, line) =>
          lengthOf(line, figure.coveredFrom) > x.length
            ? Array.from(line.x).slice(0, lengthOf(line, figure.coveredFrom))
            : x,
        [],
      );
      return {
        head: [say(figure.x.label), ...series.map(({ label }) => say(label!))],
        rows: twinEpochs(longest.length).map((i) => [
          placeInWords(figure.x, longest[i]!),
          ...series.map((line) => {
            const value = line.y[nearest(line.x, lengthOf(line, figure.coveredFrom), longest[i]!)];
            return value !== undefined && Number.isFinite(value) ? fixed(value) : '–';
          }),
        ]),
      };
    }
    case 'fit': {
      const { truth, fits } = figure;
      const all = [...(truth ? [truth] : []), ...fits];
      const n = all[0]?.x.length ?? 0;
      return {
        head: [say(figure.x.label), ...all.map(({ label, id }) => (label ? say(label) : id))],
        rows: [...new Set(Array.from({ length: Math.min(21, n) }, (_, k) => Math.round((k * (n - 1)) / 20)))].map(
          (i) => [fixed(all[0]!.x[i]!), ...all.map(({ y }) => fixed(y[i]!))],
        ),
      };
    }
    case 'dots':
      return {
        head: [
          say({ in: 'learn', key: 'try.replica', parameters: {} }),
          ...figure.strips.map(({ label }) => say(label)),
        ],
        rows: Array.from({ length: Math.max(0, ...figure.strips.map(({ values }) => values.length)) }, (_, r) => [
          String(r + 1),
          ...figure.strips.map(({ values }) => (Number.isFinite(values[r]) ? placeInWords(figure.x, values[r]!) : '–')),
        ]),
      };
    case 'bars':
      return {
        head: ['', say(figure.y.label)],
        rows: figure.groups.flatMap((group) =>
          group.bars.map(({ label, value, se }) => [
            `${say(group.label)}: ${say(label)}`,
            Number.isFinite(value) ? plusMinus(value, se) : '–',
          ]),
        ),
      };
    case 'map':
      return {
        head: [say(figure.y.label), ...figure.xs.map((x) => short(x))],
        rows: figure.ys.map((y, j) => [
          short(y),
          ...figure.xs.map((_, i) => {
            const value = figure.values[j * figure.xs.length + i]!;
            return Number.isFinite(value) ? fixed(value) : '–';
          }),
        ]),
      };
    case 'cards':
      return {
        head: ['', ...figure.cards.map(({ label }) => say(label))],
        rows: (figure.cards[0]?.rows ?? []).map(({ label }, i) => [
          say(label),
          ...figure.cards.map(({ rows }) => say(rows[i]!.value)),
        ]),
      };
    default:
      return figure satisfies never;
  }
}
