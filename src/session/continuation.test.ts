/** @file Going on with other settings: when it is offered, and what the run is then. */
import { expect, it } from 'vitest';
import { DEFAULT_EXPERIMENT, DEFAULT_POLICY, type Experiment } from '../engine/experiment/experiment.ts';
import { canContinue, continued } from './continuation.ts';

const run = DEFAULT_EXPERIMENT;
const slower: Experiment = { ...run, training: { ...run.training, l2: 0.1 } };

it('is offered where only what a stage may change is other than in the run', () => {
  expect(canContinue(run, slower)).toBe(true);
  expect(canContinue(run, { ...run, model: { ...run.model, dropout: [0.2] } })).toBe(true);
  expect(canContinue(run, run)).toBe(false);
  // A rule replays the tape, more epochs go on as they are, and another seed is another run.
  expect(canContinue(run, { ...run, stopping: { policy: { ...DEFAULT_POLICY, patience: 3 } } })).toBe(false);
  expect(canContinue(run, { ...run, training: { ...run.training, epochs: 500 } })).toBe(false);
  expect(canContinue(run, { ...slower, seed: 8 })).toBe(false);
  // Where the run is halted by it, another policy trains another run.
  const policed = (e: Experiment, epochs: number): Experiment => ({
    ...e,
    training: { ...e.training, haltWhenStopped: true },
    stopping: { policy: { rule: 'budget', monitor: 'validation-loss', epochs, mode: 'auto' } },
  });
  expect(canContinue(policed(run, 9), policed(slower, 9))).toBe(true);
  expect(canContinue(policed(run, 9), policed(slower, 8))).toBe(false);
  expect(canContinue(run, { ...slower, training: { ...slower.training, shuffle: false } })).toBe(false);
});

it('adds a stage and gives up those that began later', () => {
  const first = continued(run, slower, 100);
  expect(first.training.l2).toBe(0);
  expect(first.stages).toMatchObject([{ from: 100, training: { l2: 0.1 } }]);
  const other = { ...first, training: { ...first.training, l1: 0.1 } };
  expect(continued(first, other, 200).stages.map(({ from }) => from)).toEqual([100, 200]);
  expect(continued(first, other, 50).stages.map(({ from }) => from)).toEqual([50]);
  // From the last epoch there is one more.
  expect(continued(run, slower, 400).training.epochs).toBe(401);
});

it('says which setting stands in the way', () => {
  const warm: Experiment = { ...run, training: { ...run.training, warmup: 350 } };
  expect(() => continued(run, warm, 100)).toThrow(/stages.0.training.warmup must end before the 400 epochs/);
});
