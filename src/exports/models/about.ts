/** @file What every model file says of itself: where it comes from, what goes in and out, and a check vector. */
import type { Experiment } from '../../engine/experiment/experiment.ts';
import { OBJECTIVES } from '../../engine/model/objectives.ts';
import { policyLine } from '../../stopping/policy-words.ts';
import { RULES } from '../../stopping/rules/index.ts';
import type { Network } from '../network.ts';
import type { About, ModelOptions, Predictions } from './model.ts';

export function aboutOf(
  experiment: Experiment,
  { members, inputs, classes }: Network,
  { precision, sparsity }: ModelOptions,
  checked: number[][],
  predictions: Predictions,
): About {
  const { output } = OBJECTIVES[experiment.objective];
  return {
    patience: 'model',
    version: 1,
    replicas: members.map(({ replica }) => replica),
    epochs: members.map(({ epoch }) => epoch),
    rule: policyLine(experiment.stopping.policy, RULES),
    seed: experiment.seed,
    data: experiment.data.own?.name ?? experiment.data.source,
    inputs,
    output: output === 'linear' ? 'value' : output === 'sigmoid' ? `probability of ${classes![1]}` : 'probabilities',
    classes,
    precision,
    sparsity,
    check: { inputs: checked, ...predictions },
    experiment,
  };
}

/** One sentence for people: what is in the file. */
export function sentenceOf({ replicas, epochs, data, rule, seed }: About): string {
  const which =
    replicas.length === 1
      ? `Replica ${replicas[0]} after epoch ${epochs[0]} (both counted from 0)`
      : `The mean of ${replicas.length} replicas`;
  return `${which} of a run on ${data} with seed ${seed}, stopped by ${rule}; trained by Patience.`;
}
