/** @file Policies adapted to runs that logged less than a tape has. */
import { describe, expect, it } from 'vitest';
import type { Policy } from '../engine/experiment/experiment.ts';
import { replayPolicy } from './replay.ts';
import { parsePolicy } from './policy.ts';
import { RULES } from './rules/index.ts';
import type { ReplicaRecord } from './records.ts';
import { loggedByAll, suitedTo } from './suited-policy.ts';

const recordOf = (curves: Record<string, number[]>): ReplicaRecord => ({
  epochs: Object.values(curves)[0]!.length,
  curves,
  testLoss: null,
  error: null,
});

function policy(input: unknown): Policy {
  const parsed = parsePolicy(input, RULES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

describe('loggedByAll', () => {
  it('is what every run has', () => {
    const both = [recordOf({ 'validation-loss': [1, 0.5], 'training-loss': [2, 1] })];
    expect(loggedByAll(both)).toEqual(['validation-loss', 'training-loss']);
    expect(loggedByAll([...both, recordOf({ 'validation-loss': [1, 2] })])).toEqual(['validation-loss']);
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
    const records = [recordOf({ 'validation-accuracy': [0.5, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3] })];
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
