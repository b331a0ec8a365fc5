/** @file The rule of the page's sliders as a policy. */
import type { StoppingSettings, RulePolicy } from '../../engine/experiment/experiment.ts';

export function kerasPolicy(settings: StoppingSettings): RulePolicy {
  const { monitor, minDelta, patience, mode, baseline, startFromEpoch, restoreBestWeights } = settings;
  return {
    rule: 'keras',
    monitor,
    min_delta: minDelta,
    patience,
    mode,
    baseline,
    restore_best_weights: restoreBestWeights,
    start_from_epoch: startFromEpoch,
  };
}
