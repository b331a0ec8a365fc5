/** @file Policies adapted to runs that logged less than a tape has. */
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../engine/experiment/experiment.ts';
import { parseCurves, recordsOfRuns } from '../own-curves.ts';
import { replayPolicy } from '../replay.ts';
import { parsePolicy } from '../policy.ts';
import { RULES } from '../rules/index.ts';
import { loggedByAll, suitedTo } from './suit.ts';

function policy(input: unknown): Policy {
  const parsed = parsePolicy(input, RULES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

describe('loggedByAll', () => {
  it('is what every run has', () => {
    const both = recordsOfRuns(parseCurves('val_loss,loss\n1,2\n0.5,1'));
    expect(loggedByAll(both)).toEqual(['validation-loss', 'training-loss']);
    expect(loggedByAll([...both, ...recordsOfRuns(parseCurves('[1, 2]'))])).toEqual(['validation-loss']);
    expect(loggedByAll([])).toEqual([]);
  });
});

describe('suitedTo', () => {
  it.each([
    [{ rule: 'lightning', patience: 2, mode: 'min' }],
    [{ rule: 'fastai', patience: 2, comp: 'less' }],
    [{ rule: 'xgboost', rounds: 3, maximize: 'false' }],
    [{ rule: 'hugging-face', early_stopping_patience: 2, greater_is_better: 'false' }],
  ])('%j takes a falling accuracy for no improvement', (input) => {
    const suited = suitedTo(policy(input), RULES, ['validation-accuracy'], 'validation-accuracy')!;
    const records = recordsOfRuns(parseCurves('val_acc\n0.5\n0.8\n0.7\n0.6\n0.5\n0.4\n0.3'));
    expect(replayPolicy(records, suited, RULES)[0]).toMatchObject({ best: 1, fired: true });
  });

  it('leaves alone what was logged, and automatic directions', () => {
    const lightning = policy({ rule: 'lightning', monitor: 'training-loss', mode: 'max' });
    expect(suitedTo(lightning, RULES, ['validation-loss', 'training-loss'], 'validation-loss')).toEqual(lightning);
    const keras = policy({ rule: 'keras', patience: 3 });
    expect(suitedTo(keras, RULES, ['validation-accuracy'], 'validation-accuracy')).toEqual({
      ...(keras as object),
      monitor: 'validation-accuracy',
    });
  });

  it('goes through the rules of a group, and gives up where one makes no sense of the metric', () => {
    const any = policy({
      any: [
        { rule: 'lightning', mode: 'min' },
        { rule: 'budget', epochs: 3 },
      ],
    });
    expect(suitedTo(any, RULES, ['validation-accuracy'], 'validation-accuracy')).toMatchObject({
      any: [{ mode: 'max', monitor: 'validation-accuracy' }, { monitor: 'validation-accuracy' }],
    });
    expect(suitedTo(policy({ rule: 'evidence' }), RULES, ['validation-accuracy'], 'validation-accuracy')).toBeNull();
  });
});
