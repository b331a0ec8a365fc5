/** @file An optimizer's step, from the gradient of a minibatch to the new weights; the order of plain/trainer.ts. */
import { update } from './optimizers';
import { coefficientsAt, Plan, Replica } from './plan';
import { clipLength, clipValues, decay, limitNorms, penalise } from './regularisation';

/** The step at a place in the epoch, with the gradient as backpropagation left it. */
export function step(plan: Plan, replica: Replica, place: i32): void {
  const coefficients = coefficientsAt(plan, place);
  const weights = replica.weights;
  const rateFactor = replica.rateFactor;
  const gradient = plan.gradient;
  const bytes = plan.bytes;
  if (plan.l1 > 0 || plan.l2 > 0) penalise(plan, weights);
  if (plan.clipValue > 0) clipValues(gradient, bytes, plan.clipValue);
  if (plan.clipNorm > 0) clipLength(gradient, bytes, plan.clipNorm);
  const lost = coefficients.decay * rateFactor;
  if (lost > 0) decay(plan, weights, lost);
  update(plan.optimizer, weights, gradient, replica.slots, bytes, coefficients, rateFactor);
  if (plan.maxNorm > 0) limitNorms(plan, weights, plan.maxNorm);
}
