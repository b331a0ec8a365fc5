/** @file How many rows of the reader's own table are trained on, watched and tested on: what is usual, and what can be had. */
import { MAX_TEST_SHARE, testRows } from '../engine/data/test-rows.ts';
import { SETTINGS } from '../engine/experiment/settings/index.ts';

export interface OwnSizes {
  trainSize: number;
  validationSize: number;
  testSize: number;
}

const { trainSize, validationSize, testSize } = SETTINGS.data;
/** Points of each replica where there are more: few enough that networks overfit, and that training takes seconds. */
const USUAL = 100;

/** The most that can be asked for of so many rows. */
export function sizeLimits(rows: number): OwnSizes {
  const pool = rows - Math.floor(MAX_TEST_SHARE * rows);
  return {
    // With replacement, as long as another part is left to watch.
    trainSize: Math.min(trainSize.max, pool),
    validationSize: Math.max(1, Math.min(validationSize.max, pool - 2)),
    testSize: Math.max(testSize.min, Math.min(testSize.max, Math.floor(MAX_TEST_SHARE * rows))),
  };
}

/** What a table of so many rows begins with. */
export function usualSizes(rows: number): OwnSizes {
  const tested = Math.min(testSize.default, sizeLimits(rows).testSize);
  const pool = rows - testRows({ data: { testSize: tested } }, rows);
  const train = Math.max(2, Math.min(USUAL, Math.floor(pool / 2)));
  return { trainSize: train, validationSize: Math.max(1, Math.min(train, Math.floor(pool / 4))), testSize: tested };
}

/** The sizes as near to what is wished as the rows allow; a wish that is no number is what is usual. */
export function fittingSizes(rows: number, wish: OwnSizes): OwnSizes {
  const [limits, usual] = [sizeLimits(rows), usualSizes(rows)];
  const fitting = (key: keyof OwnSizes, least: number) =>
    Number.isFinite(wish[key]) ? Math.round(Math.min(limits[key], Math.max(least, wish[key]))) : usual[key];
  return {
    trainSize: fitting('trainSize', trainSize.min),
    validationSize: fitting('validationSize', validationSize.min),
    testSize: fitting('testSize', testSize.min),
  };
}
