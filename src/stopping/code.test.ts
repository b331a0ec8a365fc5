import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT, type StoppingSettings } from '../engine/experiment.ts';
import { plainCode, ruleCode, type Library } from './code.ts';

const stopping = DEFAULT_EXPERIMENT.stopping;
const code = (library: Library, change: Partial<StoppingSettings> = {}) =>
  plainCode(ruleCode(library, { ...stopping, ...change }));

describe('ruleCode for Keras', () => {
  it('writes the default rule as the callback is called', () => {
    expect(code('keras')).toBe(
      'EarlyStopping(\n  monitor="val_loss",\n  patience=20,\n  min_delta=0.001,\n  restore_best_weights=True)',
    );
  });

  it('names everything that is not as Keras has it by itself', () => {
    const text = code('keras', { monitor: 'training-loss', mode: 'max', baseline: 0, startFromEpoch: 5 });
    expect(text).toContain('monitor="loss"');
    for (const part of ['mode="max"', 'baseline=0', 'start_from_epoch=5']) expect(text).toContain(part);
  });

  it('leaves the mode out where Keras decides the same', () => {
    expect(code('keras', { mode: 'min' })).not.toContain('mode');
    expect(code('keras', { monitor: 'validation-accuracy', mode: 'max' })).not.toContain('mode');
    expect(code('keras', { monitor: 'validation-accuracy', mode: 'min' })).toContain('mode="min"');
  });

  it('leaves nothing unsaid', () => {
    expect(ruleCode('keras', { ...stopping, baseline: 1, startFromEpoch: 3 }).notes).toEqual([]);
  });
});

describe('ruleCode for Lightning', () => {
  it('decides the mode, which Lightning does not infer', () => {
    expect(code('lightning')).toContain('mode="min"');
    expect(code('lightning', { monitor: 'validation-accuracy' })).toContain('mode="max"');
  });

  it('keeps NaN from stopping, as it does not stop Keras', () => {
    expect(code('lightning')).toContain('check_finite=False');
  });

  it('keeps the best weights only if they are to be restored', () => {
    expect(code('lightning')).toContain('ModelCheckpoint(');
    expect(code('lightning', { restoreBestWeights: false })).not.toContain('ModelCheckpoint');
  });

  it('says what Lightning cannot do', () => {
    expect(ruleCode('lightning', { ...stopping, startFromEpoch: 5, baseline: 0.2 }).notes.join(' ')).toMatch(
      /no epoch to start from.*no baseline/,
    );
  });
});

describe('the code', () => {
  it('fits the settings column: 29 characters of 11 px', () => {
    for (const library of ['keras', 'lightning'] as const) {
      for (const line of code(library, { baseline: 0.25, startFromEpoch: 1000, minDelta: 0.00012 }).split('\n')) {
        expect(line.length).toBeLessThanOrEqual(29);
      }
    }
  });

  it('marks the numbers that were chosen', () => {
    const strong = ruleCode('keras', stopping).parts.filter((part) => part.strong);
    expect(strong.map(({ text }) => text)).toEqual(['20', '0.001', 'True']);
  });
});
