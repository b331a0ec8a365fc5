/** @file What the sliders of the logs' rule would lead to: the mean error kept, along each slider's own scale. */
import { RULES } from '../../stopping/rules/index.ts';
import { isRule } from '../../stopping/policy.ts';
import { outcomesByCounter, outcomesOf } from '../../evaluation/run-outcomes.ts';
import { estimate } from '../../decomposition/estimate.ts';
import type { LogRule } from '../../session/logs/log-rule.svelte.ts';
import type { PreviewScale } from '../rail/slider-preview.ts';

/** Evaluations replayed for a scent of a margin at most: beyond it, the landscape has to say it. */
const MOST = 3_000_000;

/** By the keys of the sliders; nothing while the rule cannot be replayed. */
export function ruleScents({ policy, trouble, records, bests, rule, longest }: LogRule): Record<string, PreviewScale> {
  if (!policy || !isRule(policy) || trouble !== null || records.length === 0) return {};
  const scents: Record<string, PreviewScale> = {};
  const put = (key: string, errors: number[]) => {
    const finite = errors.filter(Number.isFinite);
    const [low, high] = [Math.min(...finite), Math.max(...finite)];
    if (high > low) scents[key] = { errors, low, high };
  };
  const meanOf = (kept: Float64Array) => estimate(kept)?.value ?? NaN;
  for (const { key, axis } of rule.sliders) {
    if (axis.role === 'counter' && axis.values[0]! > 0) {
      const swept = outcomesByCounter(records, bests, policy, RULES, axis.values);
      put(
        key,
        swept.map(({ kept }) => meanOf(kept)),
      );
    } else if (records.length * longest * axis.values.length <= MOST) {
      put(
        key,
        axis.values.map((value) => meanOf(outcomesOf(records, bests, { ...policy, [key]: value }, RULES).kept)),
      );
    }
  }
  return scents;
}
