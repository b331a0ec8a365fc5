/** @file The table of compared rules and its order. */
import { describe, expect, it } from 'vitest';
import type { PolicyOutcome } from '../../evaluation/side-by-side.ts';
import { clicked, COLUMNS, inOrder, type Order } from './side-table.ts';

const outcome = (over: Partial<PolicyOutcome>): PolicyOutcome => ({
  policy: { rule: 'gl', monitor: 'validation-loss' },
  replicas: 16,
  stops: [80, 90],
  meanStop: { value: 86, se: 5 },
  error: { value: 0.2134, se: 0.0051 },
  regret: { value: 0.0204, se: 0.0023 },
  epochs: { value: 120.4, se: 12.3 },
  compute: 0.301,
  ...over,
});
const column = (title: string) => COLUMNS.findIndex((one) => one.title === title);

describe('the cells', () => {
  it('write every number to the digits that its standard error supports', () => {
    const cells = COLUMNS.map(({ write }) => write(outcome({})).replaceAll('\u00a0', ' '));
    expect(cells).toEqual(['2 of 16', '86 ± 5', '0.213 ± 0.005', '+0.020 ± 0.002', '120 ± 12', '30 %']);
  });

  it('say nothing where nothing is known', () => {
    const nothing = outcome({ stops: [], meanStop: null, error: null, regret: null });
    expect(COLUMNS.map(({ write }) => write(nothing)).slice(0, 4)).toEqual(['0 of 16', '–', '–', '–']);
    const single = outcome({ replicas: 1, stops: [5], meanStop: { value: 6, se: null } });
    expect(COLUMNS[column('mean stop')]!.write(single)).toBe('6');
  });

  it('give epochs decimals only where their standard error has some', () => {
    const { write } = COLUMNS[column('epochs')]!;
    expect(write(outcome({ epochs: { value: 7.28, se: 0.31 } })).replaceAll('\u00a0', ' ')).toBe('7.3 ± 0.3');
    expect(write(outcome({ epochs: { value: 7, se: 0 } })).replaceAll('\u00a0', ' ')).toBe('7 ± 0');
  });
});

describe('the order', () => {
  const rows = [
    { name: 'a', outcome: outcome({ compute: 0.5, error: { value: 3, se: 1 } }) },
    { name: 'b', outcome: outcome({ compute: 0.2, error: null }) },
    { name: 'c', outcome: null },
    { name: 'd', outcome: outcome({ compute: 0.5, error: { value: 1, se: 1 } }) },
  ];
  const names = (order: Order) =>
    inOrder(rows, order)
      .map(({ name }) => name)
      .join('');

  it('is that of the list, or goes by a column, and what is unknown is last either way', () => {
    expect(names(null)).toBe('abcd');
    expect(names({ column: column('compute'), direction: 'ascending' })).toBe('badc');
    expect(names({ column: column('compute'), direction: 'descending' })).toBe('adbc');
    expect(names({ column: column('error'), direction: 'ascending' })).toBe('dabc');
    expect(names({ column: column('error'), direction: 'descending' })).toBe('adbc');
  });

  it('turns with each click, and back to that of the list', () => {
    const once = clicked(null, 2);
    const twice = clicked(once, 2);
    expect([once, twice, clicked(twice, 2)]).toEqual([
      { column: 2, direction: 'ascending' },
      { column: 2, direction: 'descending' },
      null,
    ]);
    expect(clicked(twice, 3)).toEqual({ column: 3, direction: 'ascending' });
  });
});
