/** @file Why a policy stopped a replica: what each of its rules saw and thought at each epoch. */
import type { Policy, RulePolicy } from '../engine/experiment/experiment.ts';
import { leavesOf, metricsOf, type Rules } from './policy.ts';
import { curveOf, type ReplicaRecord } from './records.ts';
import type { Measure } from './rule.ts';
import { watchPolicy, type RuleWatch } from './watch.ts';

/** One rule at one epoch. */
export interface WhyLine {
  /** Index from 0. */
  epoch: number;
  /** What was recorded; null: nothing. */
  value: number | null;
  /** What it had to pass to count as an improvement: the best before it with min delta; null if there was none. */
  reference: number | null;
  /** The rule's counter after it. */
  wait: number;
  verdict: 'not reported' | 'improvement' | 'no improvement' | 'stop';
  /** What the rule itself would say if training ended here. */
  words: string;
}

/** What one rule of the policy made of the history until it, or the whole policy, stopped. */
export interface WhyRule {
  /** Where it stands in the policy, e.g. `any.0`; empty if it is the whole policy. */
  path: string;
  policy: RulePolicy;
  lines: WhyLine[];
}

export interface Why {
  rules: WhyRule[];
  /** Last epoch trained; −1 for an empty history. */
  stop: number;
  fired: boolean;
  /** The rule that decided, as an index into `rules`. */
  decider: number;
}

/** Throws if something that the policy needs was not recorded. */
export function why(record: ReplicaRecord, policy: Policy, rules: Rules, replica = 0): Why {
  const metrics = [...metricsOf(policy, rules)];
  const curves = new Map(metrics.map((metric) => [metric, curveOf(record, metric, replica)]));
  const watch = watchPolicy(policy, rules);
  const leaves = watch.rules();
  const members = leavesOf(policy).map((leaf) => ({ ...leaf, lines: [] as WhyLine[] }));
  let stop = -1;
  while (!watch.fired && stop + 1 < record.epochs) {
    stop++;
    const values: Partial<Record<Measure, number | null>> = {};
    for (const [metric, curve] of curves) values[metric] = curve[stop]!;
    const before = leaves.map((leaf, i) => ({ leaf, i, fired: leaf.fired, reference: referenceOf(leaf, curves) }));
    watch.observe(values);
    for (const { leaf, i, fired, reference } of before) {
      if (!fired) members[i]!.lines.push(lineOf(leaf, stop, leaf.reported(values[leaf.policy.monitor]!), reference));
    }
  }
  return { rules: members, stop, fired: watch.fired, decider: leaves.indexOf(watch.decider) };
}

/** A rule that does not tell its reference compares with its best. */
function referenceOf({ watch, policy }: RuleWatch, curves: ReadonlyMap<Measure, ArrayLike<number | null>>) {
  if (watch.reference !== undefined) return watch.reference;
  return watch.best === -1 ? null : curves.get(policy.monitor)![watch.best]!;
}

function lineOf({ watch, fired }: RuleWatch, epoch: number, value: number | null, reference: number | null): WhyLine {
  const seen = value === null ? 'not reported' : watch.best === epoch ? 'improvement' : 'no improvement';
  return { epoch, value, reference, wait: watch.wait, verdict: fired ? 'stop' : seen, words: watch.why() };
}
