/** @file The active rule at work while an ensemble trains: watches every replica and tells when all of them have stopped. */
import type { Experiment, Policy } from '../engine/experiment/experiment.ts';
import type { Block } from '../engine/record/tape.ts';
import { watched } from './monitors.ts';
import { withPolicy } from './experiment-policy.ts';
import { follow } from './replay.ts';
import { metricsOf, refusalInWords, type Rules } from './policy.ts';
import type { Measure } from './rule.ts';
import { rulesFor } from './rules/loaded.ts';
import { watchPolicy, type PolicyWatch } from './watch.ts';

/**
 * What halts a run of this experiment, null if it trains to the end. Rejects, naming every field with its value and remedy,
 * where the policy cannot decide in this run.
 */
export async function haltingOf(experiment: Experiment): Promise<Halting | null> {
  const { stopping, training, replicas } = experiment;
  if (!training.haltWhenStopped) return null;
  const rules = await rulesFor(stopping.policy);
  const parsed = withPolicy(experiment, rules);
  if (!parsed.ok) throw new Error(parsed.problems.map(refusalInWords).join('; '));
  return new Halting(parsed.experiment.stopping.policy, rules, replicas.count);
}

export class Halting {
  readonly #watches: readonly PolicyWatch[];
  readonly #measures: readonly Measure[];

  constructor(policy: Policy, rules: Rules, replicas: number) {
    this.#watches = Array.from({ length: replicas }, () => watchPolicy(policy, rules));
    this.#measures = [...metricsOf(policy, rules)];
  }

  /**
   * Takes the next epochs into account; a run that goes on shows what it recorded so far as its first block. True once
   * every replica has stopped; throws if the block has not what the policy needs.
   */
  observe(block: Block): boolean {
    const columns = this.#measures.map((measure) => [measure, watched(block.curves, measure)] as const);
    this.#watches.forEach((watch, r) => {
      const curves: Partial<Record<Measure, Float32Array>> = {};
      for (const [measure, column] of columns) if (column) curves[measure] = rowsOf(column, r, this.#watches.length);
      const record = { epochs: block.count, curves, testLoss: null, error: null };
      follow({ watch, stop: -1 }, record, this.#measures, r);
    });
    return this.#watches.every(({ fired }) => fired);
  }
}

/** One replica's numbers of a `[count, R]` curve. */
function rowsOf(column: Float32Array, replica: number, replicas: number): Float32Array {
  return Float32Array.from({ length: column.length / replicas }, (_, i) => column[i * replicas + replica]!);
}
