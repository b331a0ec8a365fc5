/**
 * @file `npm run replay -- --policy policy.json`: replays a policy from a file, groups included, on one metric history.
 */
import { readFile } from 'node:fs/promises';
import { MONITORS, type Policy } from '../engine/experiment/experiment.ts';
import { parseJson } from '../engine/json-text.ts';
import { metricsOf, parsePolicy, refusalInWords } from '../stopping/policy.ts';
import { replayPolicy } from '../stopping/replay.ts';
import { METERS, type Measure } from '../stopping/rule.ts';
import { RULES } from '../stopping/rules/index.ts';
import { Mistake } from './mistake.ts';

export type MetricValues = (number | null)[];

const MEASURES: readonly string[] = [...MONITORS, ...METERS];

/** Throws a Mistake with one line for each problem, each by its path in the policy. */
export async function readPolicy(file: string): Promise<Policy> {
  let input: unknown;
  try {
    input = parseJson(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Mistake(`--policy: ${file} cannot be read as JSON (${(error as Error).message}); name a policy file`);
  }
  const parsed = parsePolicy(input, RULES);
  if (parsed.ok) return parsed.policy;
  throw new Mistake(parsed.problems.map(refusalInWords).join('\n'));
}

/** A bare array is the only metric that the policy watches; several come by their names. Throws a Mistake. */
export function replayFile(policy: Policy, history: MetricValues | ReadonlyMap<string, MetricValues>) {
  const needed = [...metricsOf(policy, RULES)];
  const curves: Partial<Record<Measure, MetricValues>> = {};
  if (Array.isArray(history)) {
    const [metric, another] = needed;
    if (another !== undefined)
      throw new Mistake(
        `standard input holds one metric, the policy needs ${needed.join(', ')}; give {"${metric}": […], …}`,
      );
    curves[metric!] = history;
  } else {
    for (const name of history.keys()) {
      if (!MEASURES.includes(name))
        throw new Mistake(`standard input: ${name} is not a known metric; use ${MEASURES.join(', ')}`);
    }
    for (const metric of needed) {
      const values = history.get(metric);
      if (!values) throw new Mistake(`standard input lacks ${metric}, which the policy needs; add {"${metric}": […]}`);
      curves[metric] = values;
    }
  }
  const epochs = Object.values(curves)[0]!.length;
  for (const [metric, { length }] of Object.entries(curves)) {
    if (length !== epochs)
      throw new Mistake(`standard input: ${metric} has ${length} values, ${needed[0]} has ${epochs}; give as many`);
  }
  const { stop, fired, best, why } = replayPolicy([{ epochs, curves, testLoss: null, error: null }], policy, RULES)[0]!;
  return { stop: fired ? stop : null, restored: best === -1 ? null : best, reason: why };
}
