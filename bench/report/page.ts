/** @file Tables of the page's own times, file sizes and slider latencies. */
import type { Results } from '../results.ts';
import type { Visit } from '../start.ts';
import { quantile, summarise } from '../statistics.ts';
import { withDigits, table } from '../table.ts';

const row = (what: string, values: readonly number[]) => {
  const { median, lower, upper, n } = summarise(values);
  return [what, withDigits(median), `${withDigits(lower)}–${withDigits(upper)}`, String(n)];
};
const HEAD = ['ms', 'median', 'middle half', 'n'];

export function startTable({ hasty, rested }: NonNullable<Results['visits']>): string {
  const line = (what: string, visits: readonly Visit[], value: (visit: Visit) => number) =>
    row(what, visits.map(value));
  const rows = [
    line('page opened to first contentful paint', [...hasty, ...rested], (visit) => visit.firstPaint),
    line('page opened to first epoch drawn, Train pressed at once', hasty, (visit) => visit.pressed + visit.firstEpoch),
    line('Train pressed at once to the end of all epochs', hasty, (visit) => visit.finished),
    line('Train pressed at leisure to first epoch drawn', rested, (visit) => visit.firstEpoch),
    line('Train pressed at leisure to the end of all epochs', rested, (visit) => visit.finished),
  ];
  return table(HEAD, rows);
}

export function framesTable(visits: readonly Visit[]): string {
  const of = (q: number) =>
    visits.map(({ frames }) =>
      quantile(
        frames.toSorted((a, b) => a - b),
        q,
      ),
    );
  const tasks = visits.flatMap((visit) => visit.tasks.map((task) => task.ms));
  const rows = [
    row('time between frames while training, median', of(0.5)),
    row('…, 99th percentile', of(0.99)),
    row('…, longest', of(1)),
    row(
      'tasks over 50 ms on the page’s thread, of each run',
      visits.map((visit) => visit.tasks.length),
    ),
    ...(tasks.length > 0 ? [row('…, how long', tasks)] : []),
  ];
  return table(HEAD, rows);
}

/** How soon a pause is answered, while 64 replicas train on 128 points in batches of 32. */
export function pausesTable(pauses: NonNullable<Results['pauses']>): string {
  return table(
    [...HEAD, 'longest'],
    Object.entries(pauses).map(([contender, ms]) => [
      ...row(`Pause pressed to the page saying so, ${contender}`, ms),
      withDigits(Math.max(...ms)),
    ]),
  );
}

const LABELS: Readonly<Record<string, string>> = {
  replay: 'replay of 64 replicas × 1,000 epochs',
  outcome: 'outcome of a new policy: replay and decomposition at 256 points',
  hindsight: '… with the three hindsight columns, read once a run',
  landscape: 'landscape of 64 × 24 policies',
  curves: 'decomposition at all of 1,000 epochs, once a run',
};

export function replayTable(replay: Readonly<Record<string, number[]>>): string {
  return table(
    HEAD,
    Object.entries(replay).map(([what, ms]) => row(LABELS[what] ?? what, ms)),
  );
}

type Weights = NonNullable<Results['weights']>;

/** Compressed bytes of the JavaScript that index.html names. */
export const firstScripts = (weights: Weights) =>
  weights.filter(({ first, name }) => first && name.endsWith('.js')).reduce((sum, { gzip }) => sum + gzip, 0);

/** Compressed bytes of those of these scripts that the first paint does not wait for. */
export function later(weights: Weights, scripts: readonly string[]): number {
  const paths = new Set(scripts);
  return weights.filter(({ name, first }) => !first && paths.has(`/${name}`)).reduce((sum, { gzip }) => sum + gzip, 0);
}

export function weightsTable(weights: Weights): string {
  const kB = (bytes: number) => (bytes / 1000).toFixed(1);
  return table(
    ['file', 'kB', 'kB gzip', 'before first paint'],
    weights
      .filter(({ name }) => /\.(js|css|wasm)$/.test(name))
      .map(({ name, raw, gzip, first }) => [name, kB(raw), kB(gzip), first ? 'yes' : '']),
  );
}
