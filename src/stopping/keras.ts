/**
 * @file The rule of Keras 3 `EarlyStopping`, step by step and over a whole history.
 *
 * Follows Keras 3.7 to 3.15: the first value it sees counts as an improvement whatever it is, so a NaN there is never
 * beaten. (Keras 3.0 to 3.6 began from ±infinity and differ where the first value is not finite.) Every run begins
 * afresh, as since 3.15. Proven by what the library itself did: see conformance/ask_keras.py.
 */
import type { Direction, History, ReplicaReplay } from './rule.ts';

/** The settings of the rule with the direction decided. */
export interface KerasRule {
  mode: Direction;
  minDelta: number;
  patience: number;
  baseline: number | null;
  startFromEpoch: number;
  restoreBestWeights: boolean;
}

/** Where a history stands after some epochs. */
export interface KerasState {
  /** Epochs observed. */
  epochs: number;
  /** Index of the best epoch, −1 before the first value. */
  best: number;
  bestValue: number;
  /** Epochs without an improvement (that also met the baseline). */
  wait: number;
  fired: boolean;
}

/**
 * Whether `value` beats `reference` by more than `minDelta`. `sign` is 1 where less is better, −1 where more is.
 * The sum is Python's, in float64; the comparison is that of Keras's tensors, in float32.
 */
export function improves(value: number, reference: number, sign: 1 | -1, minDelta: number): boolean {
  return Math.fround(sign * value + Math.abs(minDelta)) < Math.fround(sign * reference);
}

export function begin(): KerasState {
  return { epochs: 0, best: -1, bestValue: NaN, wait: 0, fired: false };
}

/**
 * Takes the next epoch's value into the state (null: it was not reported) and tells whether training stops here. `passed`
 * is what the epoch counts for where patience is in another unit.
 */
export function observe(state: KerasState, rule: KerasRule, value: number | null, passed = 1): boolean {
  const epoch = state.epochs++;
  if (value === null || epoch < rule.startFromEpoch) return false;
  const sign = rule.mode === 'min' ? 1 : -1;
  state.wait += passed;
  if (state.best === -1 || improves(value, state.bestValue, sign, rule.minDelta)) {
    state.best = epoch;
    state.bestValue = value;
    if (rule.baseline === null || improves(value, rule.baseline, sign, rule.minDelta)) state.wait = 0;
    return false;
  }
  state.fired = state.wait >= rule.patience && epoch > 0;
  return state.fired;
}

/** What a value has to pass to be an improvement; null before the first value. */
export function referenceOf({ best, bestValue }: KerasState, { mode, minDelta }: KerasRule): number | null {
  if (best === -1) return null;
  const delta = Math.abs(minDelta);
  return mode === 'min' ? bestValue - delta : bestValue + delta;
}

/** The rule over a history, one value an epoch; what comes after the stop is not looked at. */
export function replayKeras(values: History, rule: KerasRule): ReplicaReplay {
  const state = begin();
  while (state.epochs < values.length && !observe(state, rule, values[state.epochs]!));
  const stop = state.epochs - 1;
  const restored = rule.restoreBestWeights && state.best !== -1 ? state.best : stop;
  return { stop, fired: state.fired, best: state.best, restored, wait: state.wait };
}

const epochs = (n: number) => (n === 1 ? '1 epoch' : `${n} epochs`);

/** Why a replay ended as it did, in words that count epochs trained (index + 1). */
export function explain(replay: ReplicaReplay, rule: KerasRule, values: History): string {
  const { stop, fired, best, wait } = replay;
  if (stop === -1) return 'Nothing was trained.';
  const trained = `${fired ? 'Stopped' : 'Not stopped'} after ${epochs(stop + 1)}:`;
  if (best === -1) {
    const warmUp = stop < rule.startFromEpoch;
    return `${trained} ${warmUp ? `the rule ignores the first ${epochs(rule.startFromEpoch)}` : 'no value was reported'}.`;
  }
  const value = values[best]!;
  const found = Number.isNaN(value)
    ? `the first value, at epoch ${best + 1}, is NaN and nothing compares with it`
    : `best value ${Number(value.toPrecision(6))} at epoch ${best + 1}`;
  const delta = Math.abs(rule.minDelta);
  const margin = delta === 0 ? '' : ` by more than ${delta}`;
  const unmet = rule.baseline !== null && !improves(value, rule.baseline, rule.mode === 'min' ? 1 : -1, delta);
  const goal = unmet ? ` that also beats the baseline ${rule.baseline}` : '';
  return `${trained} ${found}, ${epochs(wait)} without an improvement${margin}${goal} (patience ${rule.patience}).`;
}
