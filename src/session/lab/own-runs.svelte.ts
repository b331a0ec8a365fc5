/** @file The runs that the reader brought to the lab: their logged metrics as replicas, and problems with the text. */
import type { Metric, Policy } from '../../engine/experiment/experiment.ts';
import { LogError } from '../../logs/log-error.ts';
import { logOf } from '../../logs/log.ts';
import { ownRunsOf, recordsOfRuns, type OwnRun } from '../../logs/own-runs.ts';
import { readLog } from '../../logs/read-logs.ts';
import { measuresInWords } from '../../stopping/missing.ts';
import { loggedByAll, suitedTo } from '../../stopping/suited-policy.ts';
import { missing } from '../../stopping/policy.ts';
import { RULES } from '../../stopping/rules/index.ts';
import { judgeOf } from '../../words/own-runs.ts';

export class OwnRuns {
  text = $state('');

  readonly #read = $derived(read(this.text));
  readonly runs = $derived(this.#read.runs);
  readonly trouble = $derived(this.#read.trouble);
  /** Sentences on how the text was read. */
  readonly notes = $derived(this.#read.notes);
  readonly records = $derived(recordsOfRuns(this.runs));
  /** What every run has logged. */
  readonly logged = $derived(loggedByAll(this.records));
  /** The metric that rules watch. */
  readonly monitor: Metric = $derived(this.runs[0]?.direction === 'max' ? 'validation-accuracy' : 'validation-loss');
  /** That metric as the log calls it. */
  readonly watched = $derived(`validation ${this.runs[0]?.metric ?? 'loss'}`);
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

interface Read {
  runs: readonly OwnRun[];
  notes: readonly string[];
  trouble: string;
}

function read(text: string): Read {
  if (text.trim() === '') return { runs: [], notes: [], trouble: '' };
  try {
    const { runs, notes } = readLog(text);
    const log = logOf(runs, notes);
    return { runs: ownRunsOf(log), notes: log.notes, trouble: '' };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    return { runs: [], notes: [], trouble: error.message };
  }
}
