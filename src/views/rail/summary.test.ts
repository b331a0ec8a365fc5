/** @file The summaries of closed sections. */
import { describe, expect, it } from 'vitest';
import { withDefaults } from '../../engine/experiment/defaults.ts';
import { modelInWords, regularisationInWords, trainingInWords, troubleInWords } from './summary.ts';

function experimentOf(partial: unknown) {
  const parsed = withDefaults(partial);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}
const usual = experimentOf({});

describe('a closed section', () => {
  it('says little where all is as usual', () => {
    expect(trainingInWords(usual)).toBe('32 × 400, Adam');
    expect(modelInWords(usual, [1, 24, 24, 1], 'tanh')).toBe('1-24-24-1 tanh');
    expect(regularisationInWords(usual)).toBe('none');
    expect(troubleInWords(usual.data)).toEqual([]);
  });

  it('names what is not as usual', () => {
    const training = { schedule: { name: 'cosine', floor: 0.1 }, warmup: 5, batchSize: 10 };
    expect(trainingInWords(experimentOf({ training, objective: 'huber' }))).toBe(
      '32 × 400, Adam, batch 10, cosine, warm-up 5, Huber',
    );
    const loss = { labelSmoothing: 0.1, classWeights: [1, 5] };
    expect(trainingInWords(experimentOf({ data: { source: 'moons' }, loss, training: { batchSize: 'full' } }))).toMatch(
      /, label smoothing 0.1, class weights$/,
    );
    const model = { layerNorm: true, initializer: 'he', initialScale: 0.5 };
    expect(modelInWords(experimentOf({ model }), [1, 24, 24, 1], 'tanh')).toBe(
      '1-24-24-1 tanh, layer norm, He, initial scale 0.5',
    );
    expect(troubleInWords(experimentOf({ data: { outliers: 0.1, shift: 1 } }).data)).toEqual([
      'outliers 0.1',
      'shift 1',
    ]);
  });

  it('says which regularisation is on, with that of AdamW', () => {
    const partial = { training: { l2: 0.01, clipNorm: 1 }, model: { dropout: [0.2, 0.1] } };
    expect(regularisationInWords(experimentOf(partial))).toBe('L2 0.01, dropout 0.2/0.1, clip norm 1');
    expect(regularisationInWords(experimentOf({ model: { dropout: [0, 0] } }))).toBe('none');
    expect(regularisationInWords(experimentOf({ training: { optimizer: { name: 'adamw' } } }))).toBe(
      'weight decay 0.01',
    );
  });
});
