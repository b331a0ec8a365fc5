/** @file One place of a picture: the terms of its error, the predictions of all replicas there, truth and noise. */
import { decomposeLoss, type LossDecomposition } from '../../decomposition/decompose-loss.ts';
import type { DecompositionTarget } from '../../decomposition/decompose.ts';
import { predictionsAtEpochs } from '../../decomposition/kept-predictions.ts';
import { ERROR_LOSSES, errorLossesFor, type ErrorLossName } from '../../decomposition/losses/index.ts';
import type { ErrorLoss } from '../../decomposition/losses/loss.ts';
import type { Experiment } from '../../engine/experiment/experiment.ts';
import { classifies } from '../../engine/model/objectives.ts';
import type { Picture } from './picture.ts';

export interface PointTerms {
  loss: ErrorLoss;
  error: number;
  noise: number;
  /** NaN for one replica. */
  bias: number;
  variance: number;
  /** The largest error of any point: what bars are drawn against. */
  most: number;
  /** Of the output shown: the value, or the probability of a class. */
  predictions: Float64Array;
  truth: number;
  /** Standard deviation of the noise about a value; 0 for probabilities and where it is not known. */
  sd: number;
}

/** The loss that is looked through, if it fits what is predicted; else the squared one. */
export function shownLoss({ objective }: Pick<Experiment, 'objective'>, chosen: ErrorLossName | null): ErrorLoss {
  const fitting = errorLossesFor(classifies(objective) ? 'classes' : 'values');
  const name = chosen !== null && fitting.includes(chosen) ? chosen : classifies(objective) ? 'brier' : 'squared';
  return ERROR_LOSSES[name];
}

/** All points under a loss, at the epochs of a picture; null if every replica has diverged there. */
export function pointDecomposition(
  { tape, epochs }: Pick<Picture, 'tape' | 'epochs'>,
  target: DecompositionTarget,
  loss: ErrorLoss,
  huberDelta: number,
): LossDecomposition | null {
  return decomposeLoss(loss, predictionsAtEpochs(tape, epochs), tape.shape.replicas, target, { huberDelta });
}

/** Of point i. Of several outputs the one that is most likely in truth is shown. */
export function pointTerms(
  { tape, epochs }: Pick<Picture, 'tape' | 'epochs'>,
  target: DecompositionTarget,
  decomposition: LossDecomposition,
  loss: ErrorLoss,
  i: number,
): PointTerms {
  const K = target.target.length / target.noise.length;
  const truths = target.target.subarray(i * K, (i + 1) * K);
  const k = truths.indexOf(Math.max(...truths));
  const at = predictionsAtEpochs(tape, epochs);
  const { points } = decomposition;
  return {
    loss,
    error: points.error[i]!,
    noise: points.noise[i]!,
    bias: points.bias[i]!,
    variance: points.variance[i]!,
    most: Math.max(...points.error),
    predictions: Float64Array.from(
      Array.from(epochs, (_, r) => at(r)).flatMap((predictions) => (predictions ? [predictions[i * K + k]!] : [])),
    ),
    truth: truths[k]!,
    sd: loss.predicts === 'values' ? Math.sqrt(target.noise[i]!) : 0,
  };
}
