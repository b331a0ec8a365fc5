/** @file How many rows of a table are held out for testing: apart from what draws them, since the page says it at once. */
import type { Experiment } from '../experiment/experiment.ts';

/** At most this part of the rows is held out for testing, however many test points are asked for. */
export const MAX_TEST_SHARE = 0.3;

/** Rows held out: as many as asked for, but no more than 30 % of the table, rounded down, and at least one. */
export function testRows({ data }: { data: Pick<Experiment['data'], 'testSize'> }, rows: number): number {
  return Math.max(1, Math.min(data.testSize, Math.floor(MAX_TEST_SHARE * rows)));
}
