/** @file The verdict's sentences in every situation. Long: a case for each of them. */
import { describe, expect, it } from 'vitest';
import type { ReplicaReplay } from '../stopping/rule.ts';
import { tapeOf } from '../stopping/tape.testing.ts';
import type { Decomposition } from '../decomposition/decompose.ts';
import type { OutcomeColumn, Outcome } from '../evaluation/outcome.ts';
import { verdict, type Situation } from './verdict.ts';

const R = 4;
const E = 400;
const NB = '\u00a0';
const done: Situation = {
  name: 'Patience 20',
  patience: { epochs: 20, startFromEpoch: 0 },
  why: '',
  training: false,
  replica: 0,
  known: true,
};

const parts = (bias2: number, variance: number, errorSe: number | null = 0.005): Decomposition => ({
  replicas: R,
  error: 0.1225 + bias2 + variance,
  errorSe,
  bias2,
  bias2Se: 0.01,
  variance,
  varianceSe: 0.01,
  noise: 0.1225,
  sources: null,
  perReplica: new Float64Array(R).fill(0.1225 + bias2 + variance),
  pseudo: {
    bias2: Float64Array.from({ length: R }, (_, r) => bias2 + (r % 2 === 0 ? 0.2 : -0.2) * bias2),
    variance: new Float64Array(R).fill(variance),
  },
  mean: new Float64Array(1),
  sd: new Float64Array(1),
});
const column = (
  decomposition: Decomposition | null,
  epoch: number,
  regret: OutcomeColumn['regret'],
): OutcomeColumn => ({
  decomposition,
  restored: new Int32Array(R).fill(epoch),
  epochs: epoch + 1,
  steps: epoch + 1,
  flops: 100 * (epoch + 1),
  compute: 0.1,
  regret,
});
const replayed = (stop: number, fired = true, wait = 20): ReplicaReplay => ({
  stop,
  fired,
  best: stop - wait,
  restored: stop - wait,
  wait,
});

function outcomeOf(over: Partial<Outcome>): Outcome {
  const replays = over.replays ?? [33, 40, 50, 72].map((stop) => replayed(stop));
  return {
    length: E,
    replays,
    fired: replays.filter((x) => x.fired).length,
    meanStop: replays.reduce((sum, x) => sum + x.stop + 1, 0) / replays.length,
    stop: column(parts(0.044, 0.0272), 28, { value: 0.0124, se: 0.0061 }),
    best: column(parts(0.02, 0.039), 84, null),
    bestEpoch: 84,
    level: { from: 70, to: 95 },
    last: column(parts(0.01, 0.114), E - 1, { value: 0.065, se: 0.01 }),
    oracle: column(parts(0.02, 0.03), 80, { value: -0.01, se: 0.002 }),
    costOfGoingOn: { value: 0.053, se: 0.009 },
    ...over,
  };
}
const tape = tapeOf({ replicas: R, epochs: E }, {});
const say = (over: Partial<Outcome>, situation: Partial<Situation> = {}) =>
  verdict(outcomeOf(over), tape, { ...done, ...situation });
const regret = (value: number, se: number | null, decomposition = parts(0.044, 0.027), epoch = 28) => ({
  stop: column(decomposition, epoch, { value, se }),
});

describe('verdict', () => {
  it('says where the policy stops, how that compares, and what going on costs', () => {
    expect(say({}).plain).toBe(
      'Patience 20 stops between epochs 34 and 73, on average at 50. Too early: it keeps epoch 29 on average, where 85 ' +
        `is best for all. The error is higher than there by 0.012${NB}±${NB}0.006, bias² by ` +
        `0.024${NB}±${NB}0.003. Going on to epoch 400 costs 0.053${NB}±${NB}0.009 more.`,
    );
    expect(
      say({})
        .segments.filter((x) => x.strong)
        .map((x) => x.text),
    ).toEqual([
      ...['Patience 20', '50', 'Too early'],
      ...[`0.012${NB}±${NB}0.006`, `0.024${NB}±${NB}0.003`, `0.053${NB}±${NB}0.009`],
    ]);
  });

  it('grades by paired standard errors', () => {
    const graded = (...args: Parameters<typeof regret>) => (({ grade, sure }) => [grade, sure])(say(regret(...args)));
    expect(graded(0.021, 0.01)).toEqual(['early', true]);
    expect(graded(0.019, 0.01)).toEqual(['early', false]);
    expect(graded(0.021, 0.01, parts(0.021, 0.06), 200)).toEqual(['late', true]);
    // By the epochs, whichever term is the larger one.
    expect(graded(0.021, 0.01, parts(0.044, 0.027), 200)).toEqual(['late', true]);
    // As many lie before as after those that are level with the best.
    expect(graded(0.021, 0.01, parts(0.044, 0.027), 80)).toEqual(['unknown', false]);
    expect(graded(0.009, 0.01)).toEqual(['level', false]);
    expect(graded(-0.009, 0.01)).toEqual(['level', false]);
    expect(graded(-0.012, 0.01)).toEqual(['below', false]);
    expect(graded(0.012, null)).toEqual(['unknown', false]);
  });

  it('has words for every grade', () => {
    expect(say(regret(0.015, 0.01)).plain).toContain(
      `Probably too early: it keeps epoch 29 on average, where 85 is best for all. The error is higher than there by 0.015${NB}±${NB}0.010, `,
    );
    expect(say(regret(0.05, 0.01, parts(0.021, 0.09), 200)).plain).toContain(
      `Too late: it keeps epoch 201 on average, where 85 is best for all. The error is higher than there by 0.050${NB}±${NB}0.010, variance by 0.051`,
    );
    expect(say(regret(0.02, 0.01, parts(0.03, 0.04), 80)).plain).toContain(
      'above the best common stop in hindsight, epoch 85; whether that is too early or too late cannot be told.',
    );
    expect(say({ stop: column(parts(0.02, 0.039), 84, { value: 0, se: 0 }) }).plain).toContain(
      'It keeps the best common stop in hindsight, epoch 85.',
    );
    expect(say(regret(-0.001, 0.004)).plain).toContain(
      `cannot be told apart from that of the best common stop in hindsight (−0.001${NB}±${NB}0.004).`,
    );
    expect(say(regret(-0.02, 0.004)).plain).toContain(
      `Keeping an epoch of its own for each replica ends 0.020${NB}±${NB}0.004 below the best`,
    );
  });

  it('says how many stopped', () => {
    expect(say({ replays: [replayed(33), replayed(33), replayed(33), replayed(33)] }).plain).toMatch(
      /^Patience 20 stops at epoch 34\. /,
    );
    expect(say({ replays: [replayed(33), replayed(50), replayed(399, false), replayed(399, false)] }).plain).toMatch(
      /^Patience 20 stops 2 of 4 replicas between epochs 34 and 51\. /,
    );
    const never = say({ replays: Array.from({ length: R }, () => replayed(399, false)) });
    expect(never.plain).toMatch(
      /^Patience 20 never stops within 400 epochs\. .* Keeping the weights of epoch 400 costs /,
    );
    expect(never.short[0]).toEqual({ text: 'Never stops', strong: true });
  });

  it('says of a run that is not over how far it is, and compares a single epoch with nothing', () => {
    const replays = Array.from({ length: R }, () => replayed(7, false));
    expect(say({ replays, length: 8 }).plain).toMatch(/^Patience 20 has stopped no replica by epoch 8 of 400\. /);
    const best = column(parts(0.02, 0.039), 0, { value: 0, se: 0 });
    const { plain } = say({
      replays,
      length: 1,
      stop: best,
      best,
      bestEpoch: 0,
      last: best,
      costOfGoingOn: { value: 0, se: 0 },
    });
    expect(plain).toMatch(
      /^Patience 20 has stopped no replica by epoch 1 of 400\. The error is 0\.\d+\s±\s0\.\d+; with one epoch there is nothing to compare it with\.$/,
    );
    expect(plain).not.toMatch(/\(0|±\s0\.000/);
  });

  it('says what going on gains, that it makes no difference, or nothing where it already went on', () => {
    expect(say({ costOfGoingOn: { value: -0.02, se: 0.003 } }).plain).toContain(
      `Going on to epoch 400 gains 0.020${NB}±${NB}0.003.`,
    );
    expect(say({ costOfGoingOn: { value: -0.002, se: 0.003 } }).plain).toContain(
      `is no different (−0.002${NB}±${NB}0.003).`,
    );
    const stop = column(parts(0.01, 0.114), E - 1, { value: 0.065, se: 0.01 });
    expect(say({ stop, costOfGoingOn: { value: 0, se: 0 } }).plain).not.toMatch(/Going on|Keeping the weights/);
  });

  it('claims no uncertainty for one replica', () => {
    const one = { ...parts(0, 0, null), bias2: null, variance: null, error: 0.19312 };
    const { plain } = say({
      replays: [replayed(33)],
      costOfGoingOn: { value: 0.05, se: null },
      ...regret(0.012, null, one),
    });
    expect(plain).toBe(
      'Patience 20 stops at epoch 34. The error is 0.193, +0.012 against the best common stop in hindsight. ' +
        'Going on to epoch 400 costs 0.050 more. One replica shows neither variance nor uncertainty.',
    );
  });

  it('says that bias² contains the noise where the truth is not known', () => {
    expect(say({}, { known: false }).plain).toMatch(/bias² contains the noise\.$/);
  });

  it('names the replicas that diverged', () => {
    const broken = (at: number[]) =>
      tapeOf({ replicas: at.length, epochs: E }, { error: (r, e) => (at[r]! >= 0 && e >= at[r]! ? NaN : 1) });
    const of = (at: number[]) => verdict(outcomeOf({}), broken(at), done).plain;
    expect(of([-1, -1, -1, 11])).toMatch(/ Replica 4 diverged at epoch 12 and is left out from there\.$/);
    expect(of([29, -1, -1, 11])).toMatch(
      / Replicas 1 and 4 diverged at epochs 30 and 12 and are left out from there\.$/,
    );
    expect(of([5, 4, 3, 2, 1, -1])).toMatch(
      / 5 of 6 replicas diverged, the first at epoch 2, and are left out from there\.$/,
    );
    expect(say({ stop: column(null, 28, null), costOfGoingOn: null }).plain).toContain(
      'Every replica has diverged by the epoch that it keeps',
    );
  });

  it('follows one replica while training', () => {
    const replays = [replayed(33), replayed(136, false, 3), replayed(50), replayed(136, false, 3)];
    const live = { training: true, replica: 1 };
    expect(say({ replays, length: 137 }, live).plain).toBe(
      'Replica 2: 3 of 20 epochs without improvement. 2 of 4 replicas have stopped.',
    );
    expect(say({ replays, length: 137 }, { training: true }).plain).toMatch(/^Replica 1: stopped at epoch 34\. /);
    expect(say({ replays, length: 3 }, { ...live, patience: { epochs: 20, startFromEpoch: 5 } }).plain).toMatch(
      /^Replica 2: the rule begins after 5 epochs\. /,
    );
    expect(
      say(
        { replays: [replayed(2, false, 1)], length: 3 },
        { training: true, patience: { epochs: 1, startFromEpoch: 0 } },
      ).plain,
    ).toBe('Replica 1: 1 of 1 epoch without improvement.');
    const tape = tapeOf({ replicas: R, epochs: E }, { error: (r, e) => (r === 1 && e >= 7 ? NaN : 1) });
    expect(verdict(outcomeOf({ replays }), tape, { ...done, ...live }).plain).toMatch(
      /^Replica 2: diverged at epoch 8\. /,
    );
  });

  it('calls another rule by its name, and says in its own words how it stands', () => {
    const gl: Partial<Situation> = { name: 'Generalisation loss (GL), alpha 5', patience: null };
    expect(say({}, gl).plain).toMatch(/^Generalisation loss \(GL\), alpha 5 stops between epochs 34 and 73, /);
    expect(say({}, gl).segments[0]).toEqual({ text: 'Generalisation loss (GL), alpha 5', strong: true });
    const replays = [replayed(136, false, 3), replayed(50)];
    const live = { ...gl, training: true, why: 'Not stopped after 137 epochs: generalisation loss 2.1 % (alpha 5).' };
    expect(say({ replays, length: 137 }, live).plain).toBe(
      'Replica 1: not stopped after 137 epochs: generalisation loss 2.1 % (alpha 5). 1 of 2 replicas has stopped.',
    );
    expect(say({ replays, length: 137 }, { ...live, replica: 1 }).plain).toMatch(/^Replica 2: stopped at epoch 51\. /);
  });

  it('fits on one line of a phone', () => {
    const line = (over: Partial<Outcome>, situation?: Partial<Situation>) =>
      say(over, situation)
        .short.map((x) => x.text)
        .join('');
    expect(line({})).toBe(`Stops at 50, error 0.194${NB}±${NB}0.005, 0.012 above best`);
    expect(line(regret(-0.02, 0.01))).toContain('0.020 below best');
    expect(line(regret(0.001, 0.01))).toContain('level with best');
    expect(line({ length: 137 }, { training: true })).toBe('Epoch 137, 4 of 4 have stopped');
  });
});
