/** @file The settings as they are being edited: one experiment that is always valid, and what was refused beside it. */
import { datasetOf } from '../../datasets/index.ts';
import type { Table, Task } from '../../datasets/contract.ts';
import {
  DEFAULT_EXPERIMENT,
  DEFAULT_POLICY,
  type Experiment,
  type OwnTable,
  type Monitor,
  type Policy,
  type RulePolicy,
  type StoppingSettings,
} from '../engine/experiment/experiment.ts';
import { parse, type Parsed } from '../engine/experiment/schema.ts';
import { SETTINGS } from '../engine/experiment/settings/index.ts';
import { suited } from '../engine/experiment/tree.ts';
import { objectiveFor } from '../engine/model/objectives.ts';
import type { Reach } from '../stopping/axes.ts';
import { watchingOnly } from '../stopping/edit-policy.ts';
import { measuresOf } from '../stopping/monitors.ts';
import { missing, parsePolicy } from '../stopping/policy.ts';
import type { Measure } from '../stopping/rule.ts';
import type { OwnSizes, SizeSettings } from './own-sizes.ts';
import { RuleBook } from './rule-book.svelte.ts';
import { RuleMemory } from './rule-memory.ts';

/** A value that was refused: what was typed, and what to do about it. */
export interface Refusal {
  value: unknown;
  remedy: string;
}

export class Settings {
  #experiment = $state.raw<Experiment>(DEFAULT_EXPERIMENT);
  #refusals = $state.raw<Readonly<Record<string, Refusal>>>({});
  #own = $state.raw<Table | null>(null);
  #dropped = $state(false);
  readonly #memory = new RuleMemory();

  constructor(readonly book = new RuleBook()) {
    this.#note();
  }

  get experiment(): Experiment {
    return this.#experiment;
  }

  /** The visitor's own rows, when data.source is `own`. */
  get own(): Table | null {
    return this.#own;
  }

  /** Whether the policy was given up with the last choice of data, which do not record what it needs. */
  get policyDropped(): boolean {
    return this.#dropped;
  }

  /** What was last refused at a path such as `data.trainSize`. */
  refusal(path: string): Refusal | undefined {
    return this.#refusals[path];
  }

  get refused(): boolean {
    return Object.keys(this.#refusals).length > 0;
  }

  /** Lets what was refused at a path go. */
  dismiss(path: string): void {
    const { [path]: _, ...others } = this.#refusals;
    this.#refusals = others;
  }

  /** Changes one field by its path. A wrong value is kept as a refusal beside the unchanged experiment. */
  change(path: string, value: unknown): boolean {
    return this.changeAll({ [path]: value });
  }

  /** Changes several fields together, e.g. the batch size with the training size. */
  changeAll(byPath: Readonly<Record<string, unknown>>): boolean {
    const [value] = Object.values(byPath);
    return this.#accept(suited(byPath, this.#experiment), Object.keys(byPath), value);
  }

  /** How far the axes of the rule have to go; follows the experiment. */
  get reach(): Reach {
    void this.#experiment;
    return this.#memory.reach;
  }

  /** A rule by its name, in the place of the one that decides: what was set of that stays as far as this one has it. */
  ruleInPlace(name: string, monitor: Monitor): RulePolicy {
    return this.#memory.rule(name, monitor, this.book.rules);
  }

  /** Takes a dataset of the repository, with the settings that suit it; seed, epochs of patience and the like stay. */
  chooseDataset(id: string): void {
    const dataset = datasetOf(id);
    if (!dataset) throw new Error(`data.source: there is no dataset "${id}"`);
    const { data, model, loss, training } = DEFAULT_EXPERIMENT;
    const base = {
      ...this.#experiment,
      data: { ...data, source: id, own: null },
      model,
      training,
      objective: objectiveFor(dataset.task),
      loss,
      stopping: this.#stoppingOn(dataset.task, training.gradientNoise),
    };
    if (!this.#accept(suited(dataset.suggested, base), ['data.source'], id)) return;
    this.#own = null;
    this.#refusals = {};
  }

  /** What the sizes of data may be. */
  readonly sizes: SizeSettings = SETTINGS.data;

  /** Takes the visitor's own table; see own-sizes.ts for sizes that fit its rows. */
  chooseOwn(table: Table, own: OwnTable, sizes: OwnSizes): boolean {
    const asked = this.#experiment.data.own;
    if (
      this.#own === null &&
      asked &&
      JSON.stringify({ ...asked, name: '' }) === JSON.stringify({ ...own, name: '' })
    ) {
      // The rows of an experiment that came without them.
      this.#own = table;
      return true;
    }
    const candidate = {
      ...this.#experiment,
      data: {
        ...this.#experiment.data,
        source: 'own',
        own,
        ...sizes,
        labelNoise: 0,
        outliers: 0,
        imbalance: 0,
        leakage: 0,
        shift: 0,
      },
      model: { ...this.#experiment.model, inputScale: 1 },
      training: { ...this.#experiment.training, batchSize: 'full' },
      objective: objectiveFor(own.task),
      loss: DEFAULT_EXPERIMENT.loss,
      stopping: this.#stoppingOn(own.task, this.#experiment.training.gradientNoise),
    };
    const accepted = this.#accept(candidate, ['data.own'], own.name);
    if (accepted) {
      this.#own = table;
      this.#refusals = {};
    }
    return accepted;
  }

  /** Puts a whole experiment in place, as a link, a checkpoint or a lesson brings it. */
  replace(experiment: Experiment, own: Table | null): void {
    this.#experiment = experiment;
    this.#own = own;
    this.#refusals = {};
    this.#note();
  }

  #note(): void {
    const { policy } = this.#experiment.stopping;
    if (this.book.knows(policy)) this.#memory.note(policy, this.book.rules);
  }

  /** The stopping rule on other data: what only the old ones record is no longer watched. */
  #stoppingOn(task: Task, gradients: boolean): StoppingSettings {
    const { policy } = this.#experiment.stopping;
    const recorded = measuresOf({ classification: task !== 'regression', gradients });
    const suited = this.#suited(policy, recorded);
    this.#dropped = suited === null;
    return { policy: suited ?? this.ruleInPlace(DEFAULT_POLICY.rule, DEFAULT_POLICY.monitor) };
  }

  /** The policy as it fits what is recorded; null if it cannot. One whose rules are not known yet is left as it is. */
  #suited(policy: Policy, recorded: readonly Measure[]): Policy | null {
    const { book } = this;
    if (!book.knows(policy)) return policy;
    const suited = watchingOnly(policy, book.rules, recorded);
    return suited && missing(suited, book.rules, recorded).length > 0 ? null : suited;
  }

  /** The experiment with its policy read by the rules, as far as they are known. */
  #read(candidate: unknown): Parsed {
    const parsed = parse(candidate);
    if (!parsed.ok) return parsed;
    const { experiment } = parsed;
    const { policy } = experiment.stopping;
    if (policy === this.#experiment.stopping.policy || !this.book.knows(policy)) return parsed;
    const read = parsePolicy(policy, this.book.rules, 'stopping.policy');
    return read.ok ? { ok: true, experiment: { ...experiment, stopping: { policy: read.policy } } } : read;
  }

  /** `paths` are the fields that changed; a refusal belongs to the first of them. */
  #accept(candidate: unknown, paths: readonly string[], value: unknown): boolean {
    const parsed = this.#read(candidate);
    if (parsed.ok) {
      this.#experiment = parsed.experiment;
      this.#note();
      // What was refused elsewhere is tried again: this change may have cleared its way. What lay below a new value is gone.
      const others = Object.entries(this.#refusals).filter(
        ([at]) => !paths.some((path) => at === path || at.startsWith(`${path}.`)),
      );
      this.#refusals = {};
      for (const [at, refusal] of others) this.change(at, refusal.value);
      return true;
    }
    const path = paths[0] ?? '';
    const problem = parsed.problems.find((p) => p.path === path) ?? parsed.problems[0];
    if (!problem) throw new Error(`${path}: refused without a reason`);
    const remedy = problem.path === path ? problem.remedy : `${problem.path} ${problem.remedy}`;
    this.#refusals = { ...this.#refusals, [path]: { value, remedy } };
    return false;
  }
}
