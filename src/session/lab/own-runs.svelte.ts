/** @file The runs that the reader brought to the lab: their logged metrics as replicas, and problems with the text. */
import { DataError } from '../../engine/data/data-error.ts';
import type { Metric, Policy } from '../../engine/experiment/experiment.ts';
import { measuresInWords } from '../../stopping/missing.ts';
import { parseCurves, recordsOfRuns, type OwnRun } from '../../stopping/own-curves.ts';
import { loggedByAll, suitedTo } from '../../stopping/own-curves/suit.ts';
import { missing } from '../../stopping/policy.ts';
import { RULES } from '../../stopping/rules/index.ts';
import { judgeOf } from '../../words/own-runs.ts';

export class OwnRuns {
  text = $state('');

  readonly #read = $derived(read(this.text));
  readonly runs = $derived(this.#read.runs);
  readonly trouble = $derived(this.#read.trouble);
  readonly records = $derived(recordsOfRuns(this.runs));
  /** What every run has logged. */
  readonly logged = $derived(loggedByAll(this.records));
  /** The metric that rules watch. */
  readonly monitor: Metric = $derived(this.runs[0]?.metric === 'accuracy' ? 'validation-accuracy' : 'validation-loss');
  /** Epochs of the longest run. */
  readonly epochs = $derived(this.records.reduce((most, { epochs }) => Math.max(most, epochs), 0));
  readonly judge = $derived(judgeOf(this.runs));

  /** A policy on these runs; null where it makes no sense of their metric. */
  watching(policy: Policy): Policy | null {
    return suitedTo(policy, RULES, this.logged, this.monitor);
  }

  /** Why a policy (null: none that makes sense of the metric) cannot be replayed on these runs; null if it can. */
  troubleOf(policy: Policy | null): string | null {
    if (!policy) return `The rule cannot watch ${measuresInWords([this.monitor])}: choose another rule.`;
    const lacks = missing(policy, RULES, this.logged);
    if (lacks.length === 0) return null;
    return `The rule needs ${measuresInWords(lacks)}, which these runs have not logged: log that too, or choose another rule.`;
  }
}

function read(text: string): { runs: readonly OwnRun[]; trouble: string } {
  if (text.trim() === '') return { runs: [], trouble: '' };
  try {
    const runs = parseCurves(text);
    const other = runs.find(({ metric }) => metric !== runs[0]!.metric);
    if (other)
      throw new DataError(other.name, other.metric, `must be ${runs[0]!.metric} like the first run; keep one metric`);
    return { runs, trouble: '' };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { runs: [], trouble: error.message };
  }
}
