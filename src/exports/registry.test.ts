/** @file The registry asks for what a format needs and for nothing else; experiments and outcomes as files. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Curves } from '../decomposition/curves.ts';
import { OutcomeReader } from '../evaluation/outcome.ts';
import { experiments } from '../engine/experiment/arbitrary-experiment.testing.ts';
import { DEFAULT_EXPERIMENT, type Experiment, type Policy } from '../engine/experiment/experiment.ts';
import type { DeviceReport } from '../engine/protocol.ts';
import { curvesOf, Tape } from '../engine/record/tape.ts';
import { kerasPolicy } from '../stopping/keras.testing.ts';
import { replayTape } from '../stopping/replay.ts';
import { RULES } from '../stopping/rules/index.ts';
import { experimentFile, readExperiment } from './experiment-json.ts';
import { outcomeDocument } from './outcome-json.ts';
import { produce, type Sources } from './registry.ts';

const chosen = {
  backend: 'wasm',
  adapter: 'SIMD',
  software: false,
  kind: 'fused',
  aside: null,
  failure: null,
  replicaEpochsPerSecond: 5,
} as const;
const device: DeviceReport = { chosen, trials: [chosen], reason: 'as you chose' };

/** Two replicas over four epochs with patience 1: the first stops at 2 and keeps 1, the second never stops and keeps 3. */
function ran(policy: Policy = kerasPolicy({ patience: 1, min_delta: 0 })) {
  const experiment: Experiment = {
    ...DEFAULT_EXPERIMENT,
    replicas: { ...DEFAULT_EXPERIMENT.replicas, count: 2 },
    stopping: { policy },
  };
  const tape = new Tape({ replicas: 2, epochs: 8, points: 1, outputs: 1, classification: false });
  const validationLoss = Float32Array.of(3, 4, 2, 3, 5, 2, 1, 1);
  // Truth 0 and noise 0.5: the error is 0.5 + prediction².
  const predictions = Float32Array.of(4, 3, 1, 2, 3, 1, 2, 0);
  const error = predictions.map((p) => 0.5 + p * p);
  tape.append({
    first: 0,
    count: 4,
    curves: {
      ...Object.fromEntries(curvesOf(tape.shape).map((name) => [name, error])),
      validationLoss,
      updates: Float32Array.of(3, 3, 6, 6, 9, 9, 12, 12),
    },
    predictions,
    elapsedMs: 7,
    measuringMs: 0,
  });
  const target = { target: Float64Array.of(0), noise: Float64Array.of(0.5), known: true, draws: null };
  const curves = new Curves(tape, target);
  curves.extend();
  const outcome = new OutcomeReader(tape, curves, target).read(replayTape(tape, experiment.stopping.policy, RULES));
  return { experiment, tape, outcome, device, replicas: { test: { known: true, draws: null } } };
}

test('only what the format needs is asked for', async () => {
  const { experiment, tape, outcome } = ran();
  const never = () => {
    throw new Error('asked for without need');
  };
  const asked = vi.fn(() => experiment);
  const sources: Sources = {
    experiment: asked,
    tape: () => Promise.resolve(tape),
    outcome: () => outcome,
    device: never,
    replicas: never,
    points: never,
    curves: never,
    archive: never,
    network: never,
  };
  expect((await produce('experiment', sources)).name).toBe('patience-sine-experiment.json');
  expect((await produce('curves', sources)).name).toBe('patience-sine-curves.csv');
  expect(asked).toHaveBeenCalledTimes(2);
  await expect(produce('tfjs', sources)).rejects.toThrow('asked for without need');
});

test('every experiment comes back from its file', () => {
  fc.assert(
    fc.property(experiments, (experiment) => {
      expect(readExperiment(new TextDecoder().decode(experimentFile({ experiment }).bytes))).toEqual({
        ok: true,
        experiment,
      });
    }),
  );
});

test('a file that is no experiment is refused by field', () => {
  expect(readExperiment('{"seed": 7,}')).toMatchObject({
    ok: false,
    problems: [{ path: '(document)', remedy: expect.stringContaining('must be JSON') }],
  });
  expect(readExperiment('{"seed": -1}')).toMatchObject({ ok: false, problems: [{ path: 'seed', value: -1 }] });
  expect(readExperiment('\uFEFF{}')).toMatchObject({ ok: true, experiment: DEFAULT_EXPERIMENT });
});

test('the outcome says where each replica stopped, and each column with its parts', () => {
  const document = outcomeDocument(ran());
  // Against the best common epoch, the last, one replica gains 3 and the other nothing: −1.5 ± 1.5.
  expect(document.verdict).toMatchObject({ grade: 'level', sure: false });
  expect(document.verdict!.text).toMatch(
    /^Keras 3, patience 1 stops 1 of 2 replicas at epoch 3\. .*\(−1\.5 ± 1\.5\)\./,
  );
  expect(document.replicas).toMatchObject([
    { replica: 0, stop: 2, restored: 1, oracle: 1, divergedAt: null },
    { replica: 1, stop: null, restored: 3, oracle: 3, divergedAt: null },
  ]);
  expect(document.replicas[0]?.reason).toContain('Stopped after 3 epochs');
  // As stopped, predictions 1 and 0: errors 1.5 and 0.5, variance ½, bias² ¼ − ½/2. Epochs 3 and 4, of 8, at 3 steps each.
  expect(document.columns?.stop).toMatchObject({
    error: 1,
    errorSe: 0.5,
    noise: 0.5,
    bias2: 0,
    variance: 0.5,
    epochs: 3.5,
    steps: 10.5,
    compute: 3.5 / 8,
  });
  // Mean errors are 13, 3, 5.5, 2.5: the last epoch is the best common one. Paired differences to it are −3 and 0.
  expect(document.columns?.best).toMatchObject({ epoch: 3, error: 2.5, regret: null });
  expect(document.columns?.stop).toMatchObject({ regret: -1.5, regretSe: 1.5 });
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});

test('the outcome speaks of the active rule', () => {
  expect(outcomeDocument(ran()).rule).toMatch(/^Keras 3 \(patience 1/);
  const policy: Policy = { any: [{ rule: 'budget', monitor: 'validation-loss', epochs: 2, mode: 'auto' }] };
  const { rule, replicas } = outcomeDocument(ran(policy));
  expect(rule).toBe('Any of Budget of epochs (epochs 2)');
  expect(replicas).toMatchObject([
    { stop: 1, restored: 1, reason: 'Stopped after 2 epochs: the budget is 2 epochs, best 2 at epoch 2.' },
    { stop: 1, restored: 1, reason: 'Stopped after 2 epochs: the budget is 2 epochs, best 3 at epoch 2.' },
  ]);
});

test('a run in which nothing was ever sound has no columns', () => {
  expect(outcomeDocument({ ...ran(), outcome: null })).toMatchObject({ replicas: [], columns: null });
});
