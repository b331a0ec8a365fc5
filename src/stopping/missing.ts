/** @file What a policy needs that is not there, and how to come by it. */
import type { Policy } from '../engine/experiment/experiment.ts';
import { missing, type Descriptions } from './policy.ts';
import type { Measure } from './rule.ts';

/** `gradient evidence and training loss` */
export const measuresInWords = (measures: readonly Measure[]): string =>
  measures.map((measure) => measure.replaceAll('-', ' ')).join(' and ');

/**
 * Why a policy cannot be replayed, and what to do; null if it can. `recorded` is on the tape, null where there is none
 * yet; `next` is what the next training will record.
 */
export function missingInWords(
  policy: Policy,
  rules: Descriptions,
  recorded: readonly Measure[] | null,
  next: readonly Measure[],
): string | null {
  const now = missing(policy, rules, recorded ?? next);
  if (now.length === 0) return null;
  const never = missing(policy, rules, next);
  if (never.length === 0)
    return `The rule needs ${measuresInWords(now)}, which the run on screen did not record; press Train.`;
  const needs = `The rule needs ${measuresInWords(never)}, recorded only`;
  return never.some((measure) => measure.startsWith('gradient-'))
    ? `${needs} while gradient noise is measured: switch that on under Training, and train.`
    : `${needs} where there are classes: choose another rule, or data with classes.`;
}
