/** @file Typed settings read as values. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT } from '../../engine/experiment/experiment.ts';
import { parse, type Parsed } from '../../engine/experiment/schema.ts';
import { set } from '../../engine/experiment/tree.ts';
import { baselineIn, batchIn, classWeightsIn, layersIn, listIn, listOut, numberIn, numberOut, textOf } from './text.ts';

const taken = (path: string, value: unknown): Parsed => parse(set(DEFAULT_EXPERIMENT, path.split('.'), value));

describe('what is typed', () => {
  it('is read as a number with a point or a comma', () => {
    expect(['0.35', ' 0,35 ', '1e-3', '−2'].map(numberIn)).toEqual([0.35, 0.35, 0.001, -2]);
  });

  it('stays text where it is none, so that the schema refuses it by its path', () => {
    for (const text of ['', 'many', '1.2.3']) {
      const parsed = taken('data.trainSize', numberIn(text));
      expect(parsed.ok).toBe(false);
      if (!parsed.ok) expect(parsed.problems[0]).toMatchObject({ path: 'data.trainSize', value: text });
    }
  });

  it('is read as layers however they are separated', () => {
    for (const text of ['24, 24', '24-24', '24 24', '24,24']) expect(layersIn(text)).toEqual([24, 24]);
    expect(['', 'none'].map(layersIn)).toEqual([[], []]);
    expect(layersIn(textOf([8, 16, 4]))).toEqual([8, 16, 4]);
    expect(layersIn(textOf([]))).toEqual([]);
    expect(taken('model.hidden', layersIn('24, wide')).ok).toBe(false);
  });

  it('is read as a batch size or the word full', () => {
    expect(batchIn('Full')).toBe('full');
    expect(taken('training.batchSize', batchIn('10')).ok).toBe(true);
    expect(taken('training.batchSize', batchIn('half')).ok).toBe(false);
  });

  it('is read as a list of numbers, exponents and all', () => {
    for (const text of ['0.2, 1e-3', '0.2;1e-3', '0.2 1e-3', '0.2,1e-3']) expect(listIn(text)).toEqual([0.2, 0.001]);
    for (const list of [[], [0.5], [0.2, 1e-7]]) expect(listIn(listOut(list))).toEqual(list);
    expect(taken('model.dropout', listIn('0.2, much')).ok).toBe(false);
  });

  it('is read as class weights or a word for them', () => {
    expect(['', 'None', 'balanced', '1, 5'].map(classWeightsIn)).toEqual(['none', 'none', 'balanced', [1, 5]]);
    expect(taken('loss.classWeights', classWeightsIn('heavy')).ok).toBe(false);
  });

  it('is read as a baseline or none', () => {
    expect(['', ' ', 'none', '0', '0.2'].map(baselineIn)).toEqual([null, null, null, 0, 0.2]);
  });
});

describe('numberOut', () => {
  it('shows six digits at most and no rounding noise', () => {
    expect([0.1 + 0.2, 20, 1e-7, 10 ** (-4 + 1 / 12)].map(numberOut)).toEqual(['0.3', '20', '1e-7', '0.000121153']);
  });
});
