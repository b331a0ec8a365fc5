/** @file How many rows of the reader's own table are trained on, watched and tested on: what is usual, and what can be had. */
import { MAX_TEST_SHARE, testRows } from '../engine/data/test-rows.ts';

export interface OwnSizes {
  trainSize: number;
  validationSize: number;
  testSize: number;
}

/** What the settings take, which the page knows already: a second way to them would cut its code into more files. */
export type SizeSettings = Readonly<Record<keyof OwnSizes, { min: number; max: number; default: number }>>;

/** Points of each replica where there are more: few enough that networks overfit, and that training takes seconds. */
const USUAL = 100;

/** The most that can be asked for of so many rows. */
export function sizeLimits(rows: number, { trainSize, validationSize, testSize }: SizeSettings): OwnSizes {
  const pool = rows - Math.floor(MAX_TEST_SHARE * rows);
  return {
    // With replacement, as long as another part is left to watch.
    trainSize: Math.min(trainSize.max, pool),
    validationSize: Math.max(1, Math.min(validationSize.max, pool - 2)),
    testSize: Math.max(testSize.min, Math.min(testSize.max, Math.floor(MAX_TEST_SHARE * rows))),
  };
}

/** What a table of so many rows begins with. */
export function usualSizes(rows: number, settings: SizeSettings): OwnSizes {
  const tested = Math.min(settings.testSize.default, sizeLimits(rows, settings).testSize);
  const pool = rows - testRows({ data: { testSize: tested } }, rows);
  const train = Math.max(2, Math.min(USUAL, Math.floor(pool / 2)));
  return { trainSize: train, validationSize: Math.max(1, Math.min(train, Math.floor(pool / 4))), testSize: tested };
}

/** The sizes as near to what is wished as the rows allow; a wish that is no number is what is usual. */
export function fittingSizes(rows: number, wish: OwnSizes, settings: SizeSettings): OwnSizes {
  const [limits, usual] = [sizeLimits(rows, settings), usualSizes(rows, settings)];
  const fitting = (key: keyof OwnSizes) =>
    Number.isFinite(wish[key]) ? Math.round(Math.min(limits[key], Math.max(settings[key].min, wish[key]))) : usual[key];
  return {
    trainSize: fitting('trainSize'),
    validationSize: fitting('validationSize'),
    testSize: fitting('testSize'),
  };
}
