/** @file The columns of the table that compares rules, and its sort order. */
import { fixed, plusMinus, signed } from '../../words/numbers.ts';
import type { Estimate } from '../../decomposition/estimate.ts';
import type { PolicyOutcome } from '../../evaluation/side-by-side.ts';

export interface RuleColumn {
  title: string;
  /** What it says, in one sentence. */
  help: string;
  /** What it is sorted by; null where there is nothing to say. */
  value: (outcome: PolicyOutcome) => number | null;
  write: (outcome: PolicyOutcome) => string;
}

const NOTHING = '–';
/** Epochs are whole: where replicas do not differ, so is their mean. */
const epochs = ({ value, se }: Estimate) =>
  se ? plusMinus(value, se) : `${fixed(value, 0)}${se === 0 ? '\u00a0±\u00a00' : ''}`;

export const COLUMNS: readonly RuleColumn[] = [
  {
    title: 'stopped',
    help: 'How many the rule stopped.',
    value: ({ stops }) => stops.length,
    write: ({ stops, replicas }) => `${stops.length} of ${replicas}`,
  },
  {
    title: 'mean stop',
    help: 'Mean epochs trained by those that it stopped.',
    value: ({ meanStop }) => meanStop && meanStop.value,
    write: ({ meanStop }) => (meanStop ? epochs(meanStop) : NOTHING),
  },
  {
    title: 'error',
    help: 'Mean error of the weights kept.',
    value: ({ error }) => error && error.value,
    write: ({ error }) => (error ? plusMinus(error.value, error.se) : NOTHING),
  },
  {
    title: 'regret',
    help: 'Error above that of the best common epoch, pair by pair.',
    value: ({ regret }) => regret && regret.value,
    write: ({ regret }) => (regret ? plusMinus(regret.value, regret.se, signed) : NOTHING),
  },
  {
    title: 'epochs',
    help: 'Mean epochs trained, those that were never stopped counted with all their epochs.',
    value: ({ epochs }) => epochs.value,
    write: ({ epochs: trained }) => epochs(trained),
  },
  {
    title: 'compute',
    help: 'Mean epochs trained as a share of those planned.',
    value: ({ compute }) => compute,
    write: ({ compute }) => `${Math.round(100 * compute)}\u00a0%`,
  },
];

/** Null: in the order of the list. */
export type Order = { column: number; direction: 'ascending' | 'descending' } | null;

/** What a click on the head of a column makes of the order: upwards, downwards, and back to that of the list. */
export function clicked(order: Order, column: number): Order {
  if (order?.column !== column) return { column, direction: 'ascending' };
  return order.direction === 'ascending' ? { column, direction: 'descending' } : null;
}

/** Sorted copies; equal rows stay in their order, and those with nothing to say come last either way. */
export function inOrder<Row extends { outcome: PolicyOutcome | null }>(rows: readonly Row[], order: Order): Row[] {
  if (!order) return [...rows];
  const { value } = COLUMNS[order.column]!;
  const sign = order.direction === 'ascending' ? 1 : -1;
  const of = ({ outcome }: Row) => outcome && value(outcome);
  return [...rows].sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  });
}
