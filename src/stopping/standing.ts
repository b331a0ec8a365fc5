/** @file The state of the Keras rule on one replica after some epochs. */
import type { Monitor, StoppingSettings } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { explain, kerasRule, replayKeras } from './keras.ts';
import { history } from './replay.ts';

/** Where a rule stands with one replica; epochs are indices from 0. */
export interface RuleState {
  /** What the rule that decides watches: of a group, that of the member. */
  monitor: Monitor;
  /** Best epoch in the eyes of the rule, and what was watched there; −1 and null if there is none. */
  best: number;
  value: number | null;
  /** What a value has to pass to count as an improvement; null where there is nothing to compare with. */
  reference: number | null;
  /** Last epoch trained, and whether the rule ended it there. */
  stop: number;
  fired: boolean;
  /** The rule's counter. */
  wait: number;
  /** All that in a sentence. */
  why: string;
}

/** After so many of the epochs recorded; throws if the tape does not have what is monitored. */
export function kerasState(tape: Tape, settings: StoppingSettings, replica: number, epochs: number): RuleState {
  const values = history(tape, settings.monitor, replica).subarray(0, epochs);
  const rule = kerasRule(settings);
  const replay = replayKeras(values, rule);
  const { best, stop, fired, wait } = replay;
  const value = best === -1 ? null : values[best]!;
  const delta = rule.mode === 'min' ? -rule.minDelta : rule.minDelta;
  const reference = value === null ? null : value + delta;
  return { monitor: settings.monitor, best, value, reference, stop, fired, wait, why: explain(replay, rule, values) };
}
