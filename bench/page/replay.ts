/** @file Times what a slider triggers on a tape of 64 replicas and 1,000 epochs: replays, decomposition, landscape. */
import { Curves } from '../../src/decomposition/curves.ts';
import { decomposeLoss } from '../../src/decomposition/decompose-loss.ts';
import type { DecompositionTarget } from '../../src/decomposition/decompose.ts';
import { ERROR_LOSSES } from '../../src/decomposition/losses/index.ts';
import { varianceSources } from '../../src/decomposition/variance-sources.ts';
import { OutcomeReader } from '../../src/evaluation/outcome.ts';
import { DEFAULT_POLICY, MONITORS } from '../../src/engine/experiment/experiment.ts';
import { stream } from '../../src/engine/random.ts';
import { COURSE, Tape, type Block } from '../../src/engine/record/tape.ts';
import { axesIn, sliderAxes } from '../../src/stopping/axes.ts';
import { ruleNamed } from '../../src/stopping/edit-policy.ts';
import { landscapeOf } from '../../src/stopping/landscape-of.ts';
import { recordsOf, type ReplicaRecord } from '../../src/stopping/records.ts';
import { replayPolicy, replayTape } from '../../src/stopping/replay.ts';
import { METERS } from '../../src/stopping/rule.ts';
import { RULES } from '../../src/stopping/rules/index.ts';

const R = 64;
const E = 1000;
const D = 256;
const REPEATS = 30;
const SLIDERS = sliderAxes(axesIn(DEFAULT_POLICY, RULES, E))!;
const PATIENCES = { ...SLIDERS.x, values: SLIDERS.x.values.slice(0, 64) };
const MIN_DELTAS = { ...SLIDERS.y!, values: SLIDERS.y!.values.slice(0, 24) };

/** Losses that fall, turn and rise again, with noise: every policy of the landscape stops somewhere else. */
function recorded(): Tape {
  const tape = new Tape({ replicas: R, epochs: E, points: D, outputs: 1, classification: false });
  const numbers = stream(7, 'train', 0, 0);
  const curve = (noise: number, turn: number) =>
    Float32Array.from({ length: E * R }, (_, i) => {
      const t = Math.floor(i / R) / E;
      return 0.2 + Math.exp(-8 * t) + Math.max(0, t - turn) * 0.3 + noise * Math.abs(numbers.normal());
    });
  const block: Block = {
    first: 0,
    count: E,
    curves: {
      trainLoss: curve(0.01, 1),
      validationLoss: curve(0.02, 0.3),
      testLoss: curve(0.01, 0.3),
      error: curve(0.01, 0.3),
      ...Object.fromEntries(COURSE.map((name) => [name, new Float32Array(E * R)])),
    },
    predictions: Float32Array.from({ length: E * R * D }, (_, i) => Math.sin(i * 0.37)),
    elapsedMs: 1000,
    measuringMs: 0,
  };
  tape.append(block);
  return tape;
}

/** Replicas that another loss is read of. */
const FEWER = 32;

/** What a moved slider takes apart by another loss, or by what was drawn: 32 replicas at 256 points. */
function lossesOf(tape: Tape, target: DecompositionTarget): Record<string, number[]> {
  const at = (i: number) => (r: number) => tape.prediction(r, (17 * i + 3 * r) % E);
  const by = Object.entries(ERROR_LOSSES).map(([name, loss]) => {
    // Sines are no probabilities; how long it takes is the same.
    const work = (i: number) => decomposeLoss(loss, at(i), FEWER, target, { huberDelta: 1 });
    return [`${name} error of ${FEWER} replicas at ${D} points`, timed(REPEATS, work)] as const;
  });
  const draws = {
    data: Int32Array.from({ length: FEWER }, (_, r) => r >> 2),
    validation: Int32Array.from({ length: FEWER }, (_, r) => r >> 2),
    seeds: Int32Array.from({ length: FEWER }, (_, r) => r % 4),
  };
  const sources = timed(REPEATS, (i) => varianceSources(at(i), FEWER, target, draws));
  return { ...Object.fromEntries(by), [`variance of 8 training sets × 4 seeds at ${D} points, by source`]: sources };
}

/** Milliseconds of each repetition, by what was done; the policy differs every time, as it does under a slider. */
export function measureReplay(): Record<string, number[]> {
  const tape = recorded();
  const target = { target: new Float64Array(D), noise: new Float64Array(D).fill(0.1), known: true, draws: null };
  const curves = new Curves(tape, target);
  const curvesMs = timed(1, () => curves.extend());
  const policy = (i: number) => ({ ...DEFAULT_POLICY, patience: 1 + ((i * 7) % 100) });
  const reader = new OutcomeReader(tape, curves, target);
  return {
    replay: timed(REPEATS, (i) => replayTape(tape, policy(i), RULES)),
    hindsight: timed(REPEATS, (i) => new OutcomeReader(tape, curves, target).read(replayTape(tape, policy(i), RULES))),
    outcome: timed(REPEATS, (i) => reader.read(replayTape(tape, policy(i), RULES))),
    landscape: timed(REPEATS, (i) => {
      const landscape = landscapeOf(recordsOf(tape), policy(i), RULES, PATIENCES, MIN_DELTAS);
      while (!landscape.done) landscape.next();
    }),
    curves: curvesMs,
    ...lossesOf(tape, target),
  };
}

/**
 * Milliseconds of each replay, by rule, with its own defaults. Everything falls steadily, so that hardly any rule stops: most
 * look at all the epochs of all replicas.
 */
export function measureRules(): Record<string, number[]> {
  const falling = Float32Array.from({ length: E }, (_, e) => 0.2 + Math.exp(-e / 200));
  const curves = Object.fromEntries([...MONITORS, ...METERS].map((measure) => [measure, falling]));
  const record: ReplicaRecord = { epochs: E, curves, testLoss: null, error: null };
  const records = new Array<ReplicaRecord>(R).fill(record);
  return Object.fromEntries(
    Object.entries(RULES).map(([name, { label }]) => {
      const policy = ruleNamed(name, 'validation-loss', RULES);
      return [label, timed(REPEATS, () => replayPolicy(records, policy, RULES))];
    }),
  );
}

function timed(repeats: number, work: (i: number) => unknown): number[] {
  return Array.from({ length: repeats }, (_, i) => {
    const start = performance.now();
    work(i);
    return performance.now() - start;
  });
}
