/** @file The sentences on logs: what is said of many, few, and one run. */
import { expect, it } from 'vitest';
import { durationInWords, fewInWords, foundInWords, oneRunInWords, otherInWords, stopsInWords } from './log-verdict.ts';
import { unmarked } from './marked.ts';

const LOSS = { name: 'val_loss', direction: 'min' } as const;
const ACCURACY = { name: 'val_acc', direction: 'max' } as const;
const summary = (more = {}) => ({
  runs: 5,
  never: 0,
  early: 4,
  kept: { value: 0.1, se: 0.02 },
  above: { value: 0.0098, se: 0.0039 },
  trained: { value: 28.6, se: 4 },
  length: 80,
  ...more,
});

it('says what a rule loses, above or below the best', () => {
  expect(unmarked(stopsInWords('Patience 3', summary(), LOSS, 'epoch'))).toBe(
    'Patience 3 stops 4 of 5 runs before their best, after 29 of 80 epochs on average. What it keeps lies 0.010\u00a0±\u00a00.004 above the best of each run.',
  );
  expect(stopsInWords('Patience 3', summary(), ACCURACY, 'epoch')).toContain('below the best');
  expect(unmarked(stopsInWords('P', summary({ early: 0, above: { value: 0, se: 0 }, never: 2 }), LOSS, 'epoch'))).toBe(
    'P keeps the best of all 5 runs, after 29 of 80 epochs on average. It never stops two of them. Nothing is lost against the best of each run.',
  );
});

it('claims nothing of one run', () => {
  const one = { stop: 4, fired: true, kept: 2, best: 5, above: 1 };
  const words = unmarked(oneRunInWords('Patience 2', one, LOSS, 'epoch'));
  expect(words).toBe(
    'Patience 2 stops at epoch 4 and keeps epoch 2; its best is 5. What it keeps lies 1.0000 above that best.',
  );
  expect(words).not.toContain('±');
  expect(fewInWords(1)).toBe('One run says nothing about the next one.');
  expect(fewInWords(5)).toContain('Five runs: a difference has to pass 2.8 standard errors');
  expect(fewInWords(8)).toBe('');
});

it('says less of a loss and more of an accuracy for the same gain', () => {
  const gain = { kept: { value: -0.009, se: 0.004 }, trained: { value: 26, se: 9 } };
  expect(unmarked(otherInWords('Patience 12', gain, 5, LOSS, 'epoch'))).toBe(
    'Patience 12 would have kept 0.009\u00a0±\u00a00.004 less val_loss for 26\u00a0±\u00a09 epochs more a run: a hint, no more.',
  );
  expect(otherInWords('P', gain, 5, ACCURACY, 'epoch')).toContain('more val_acc');
  expect(otherInWords('P', { ...gain, kept: null }, 5, LOSS, 'epoch')).toBe('');
});

it('says how a rule was found', () => {
  const found = {
    choices: 5,
    different: 2,
    judged: 5,
    kept: { value: -0.008, se: 0.004 },
    trained: { value: 21, se: 5 },
  };
  expect(unmarked(foundInWords('patience 12', found, 5, LOSS, 'epoch'))).toBe(
    'On all 5 runs, patience 12 is best at this price. Leave one run out and the choice can change: on the run that took no part, the chosen rule keeps 0.008\u00a0±\u00a00.004 less val_loss than yours, for 21\u00a0±\u00a05 epochs more: a hint, no more, from five runs.',
  );
});

it('says a duration in the unit that fits', () => {
  expect([30, 150, 9000, 400_000].map(durationInWords)).toEqual([
    '30\u00a0s',
    '2.5\u00a0min',
    '2.5\u00a0h',
    '4.6\u00a0days',
  ]);
});
