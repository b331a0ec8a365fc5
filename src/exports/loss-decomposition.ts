/** @file The errors of a run under a loss of one's choice taken apart, as plain data for outcome.json. */
import { decomposeLoss, type TermEstimate } from '../decomposition/decompose-loss.ts';
import type { DecompositionTarget } from '../decomposition/decompose.ts';
import { predictionsAtEpochs } from '../decomposition/kept-predictions.ts';
import { LossCurves } from '../decomposition/loss-curves.ts';
import { domingos } from '../decomposition/losses/domingos.ts';
import { ERROR_LOSSES, errorLossesFor, type ErrorLossName } from '../decomposition/losses/index.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { classifies } from '../engine/model/objectives.ts';
import type { Tape } from '../engine/record/tape.ts';
import type { Outcome, OutcomeColumn } from '../evaluation/outcome.ts';

/** The losses that the error of an experiment can be taken apart by. */
export function errorLossesOf({ objective }: Pick<Experiment, 'objective'>): ErrorLossName[] {
  return errorLossesFor(classifies(objective) ? 'classes' : 'values');
}

export interface LossDecompositionRequest {
  loss: ErrorLossName;
  terms: TermEstimate;
}

/** As stopped and in hindsight with standard errors, and at every epoch; null stands for what cannot be known. */
export function lossDecompositionDocument(
  { loss: name, terms }: LossDecompositionRequest,
  { experiment, tape, outcome }: { experiment: Experiment; tape: Tape; outcome: Outcome | null },
  target: DecompositionTarget,
) {
  const loss = ERROR_LOSSES[name];
  const { huberDelta } = experiment.loss;
  const R = tape.shape.replicas;
  const columnOf = ({ restored }: OutcomeColumn) => {
    const predictions = predictionsAtEpochs(tape, restored);
    const parts = decomposeLoss(loss, predictions, R, target, { terms, huberDelta });
    if (!parts) return null;
    const { error, errorSe, noise, bias, biasSe, variance, varianceSe } = parts;
    const found = { error, errorSe, noise, bias, biasSe, variance, varianceSe };
    return name === 'zero-one' ? { ...found, domingos: domingos(predictions, R, target) } : found;
  };
  const curves = new LossCurves(tape, target, loss, { terms, huberDelta });
  curves.extend();
  const column = (values: Float64Array) =>
    Array.from(values.subarray(0, tape.length), (value) => (Number.isNaN(value) ? null : value));
  return {
    loss: name,
    centre: loss.centre,
    terms: loss.correction === 'none' || target.draws ? 'plug-in' : terms,
    correction: loss.correction,
    noise: target.known ? 'known' : 'in the bias',
    columns: outcome && {
      stop: columnOf(outcome.stop),
      best: columnOf(outcome.best),
      last: columnOf(outcome.last),
      oracle: columnOf(outcome.oracle),
    },
    epochs: { error: column(curves.error), bias: column(curves.bias2), variance: column(curves.variance) },
  };
}
