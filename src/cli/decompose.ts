/** @file `--decompose` of `npm run experiment`: by which loss the errors are also taken apart. */
import { decompositionTarget } from '../decomposition/decompose.ts';
import { estimateNoise } from '../decomposition/estimate-noise.ts';
import { ERROR_LOSSES, type ErrorLossName } from '../decomposition/losses/index.ts';
import { sharedDraws } from '../decomposition/variance-sources.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import {
  errorLossesOf,
  lossDecompositionDocument,
  type LossDecompositionRequest,
} from '../exports/loss-decomposition.ts';
import { Mistake } from './mistake.ts';
import type { Trained } from './train.ts';

const NAMES = Object.keys(ERROR_LOSSES) as ErrorLossName[];

export const DECOMPOSE_OPTIONS = {
  decompose: { type: 'string' },
  'plug-in': { type: 'boolean', default: false },
} as const;
export const DECOMPOSE_USAGE = `       [--decompose ${NAMES.join('|')} [--plug-in]]`;

/** Null where no other loss is asked for; throws a `Mistake` for one that there is not. */
export function decomposeRequest(values: { decompose?: string; 'plug-in': boolean }): LossDecompositionRequest | null {
  const { decompose: name, 'plug-in': plugIn } = values;
  if (name === undefined) {
    if (plugIn) throw new Mistake('--plug-in: says how the terms of --decompose are estimated; add --decompose');
    return null;
  }
  const loss = NAMES.find((known) => known === name);
  if (!loss) throw new Mistake(`--decompose: "${name}" must be one of ${NAMES.join(', ')}`);
  return { loss, terms: plugIn ? 'plug-in' : 'corrected' };
}

/** Throws a `Mistake` where the loss is none of what the experiment predicts. */
export function checkLoss(request: LossDecompositionRequest | null, experiment: Experiment): void {
  const fitting = errorLossesOf(experiment);
  if (!request || fitting.includes(request.loss)) return;
  const { objective } = experiment;
  throw new Mistake(
    `--decompose: "${request.loss}" does not fit the objective ${objective}; use ${fitting.join(', ')}`,
  );
}

/** What is added to outcome.json. */
export function decomposed(request: LossDecompositionRequest | null, { material, tape, points, outcome }: Trained) {
  if (!request) return {};
  const { experiment, replicas } = material;
  const target = decompositionTarget(replicas.test, points, sharedDraws(replicas.draws));
  const { test } = replicas;
  return {
    decomposition: {
      ...lossDecompositionDocument(request, { experiment, tape, outcome }, target),
      ...(!test.known && { estimatedNoise: estimateNoise(test.x, test.target, test.size) }),
    },
  };
}
