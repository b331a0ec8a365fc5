/** @file The sentence on leakage. */
import { describe, expect, it } from 'vitest';
import { withDefaults } from '../../engine/experiment/defaults.ts';
import { leakageInWords, repeatsRows } from './leakage.ts';

function dataOf(data: object) {
  const parsed = withDefaults({ data });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment.data;
}

/** A visitor's file. */
function fileOf(data: object) {
  const own = {
    name: 'a.csv',
    target: 'y',
    task: 'regression',
    rows: 90,
    features: 2,
    outputs: 1,
    sha256: '0'.repeat(64),
  };
  return dataOf({ source: 'own', own, ...data });
}

const found = (validation: number[], test: number[]) => ({
  validation: Float64Array.from(validation),
  test: Float64Array.from(test),
});

describe('leakage', () => {
  it('is not spoken of where there is none', () => {
    expect(leakageInWords(found([0, 0], [0, 0]), dataOf({}))).toBe('');
    expect(repeatsRows(found([0, 0], [0, 0]), dataOf({}))).toBe(false);
  });

  it('that was asked for can be taken back', () => {
    // A third of twenty points, rounded: seven.
    const data = dataOf({ validationSize: 20, leakage: 1 / 3 });
    expect(leakageInWords(found([0.35, 0.35], [0, 0]), data)).toBe(
      'On average 35\u00a0% of a replica’s validation points are also in its training set: the validation loss looks too low. Leakage 0 undoes it.',
    );
    expect(repeatsRows(found([0.35, 0.35], [0, 0]), data)).toBe(false);
  });

  it('of a file comes from its repeated rows', () => {
    expect(leakageInWords(found([0.1, 0.15], [0.02, 0.04]), fileOf({}))).toBe(
      'On average 13\u00a0% of a replica’s validation points and 3\u00a0% of the test points are also in its training set: both losses look too low. The file repeats rows: load it with one of each.',
    );
    expect(leakageInWords(found([0, 0], [0.001, 0]), fileOf({}))).toBe(
      'On average 0.05\u00a0% of the test points are also in a replica’s training set: the test loss looks too low. The file repeats rows: load it with one of each.',
    );
  });

  it('of a file that is more than was asked for is told apart', () => {
    const data = fileOf({ validationSize: 20, leakage: 0.1 });
    expect(leakageInWords(found([0.1, 0.2], [0, 0]), data)).toMatch(/repeats rows, beyond the leakage asked for: load/);
    expect(leakageInWords(found([0.1, 0.1], [0, 0]), data)).toMatch(/Leakage 0 undoes it\.$/);
  });

  it('of a table that comes with the page is stated', () => {
    expect(leakageInWords(found([0.1, 0.1], [0, 0]), dataOf({ source: 'penguins' }))).toMatch(
      /The table repeats rows\.$/,
    );
  });
});
