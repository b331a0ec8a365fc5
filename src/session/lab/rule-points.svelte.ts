/** @file Error and compute of every rule, of Keras that of today, on the lab's data source, with its library's or paper's defaults; replayed between frames. */
import { pointOf, type ParetoPoint } from '../../evaluation/pareto.ts';
import { SideBySide } from '../../evaluation/side-by-side.ts';
import type { Policy } from '../../engine/experiment/experiment.ts';
import type { ActiveRule } from '../active-rule.svelte.ts';
import { carryOut } from '../rule-finder.ts';
import { ruleNamed } from '../../stopping/edit-policy.ts';
import { shortName } from '../../stopping/policy-words.ts';
import { OLDER_KERAS, RULES } from '../../stopping/rules/index.ts';
import type { DataSource } from './data-source.svelte.ts';

export interface RulePoint extends ParetoPoint {
  name: string;
  /** As the page would take it. */
  policy: Policy;
}

const NAMES = Object.keys(RULES).filter((name) => !(name in OLDER_KERAS));

export class RulePoints {
  #carried = $state.raw<{ contest: SideBySide; points: readonly RulePoint[] } | null>(null);

  /** The rules that only need what the source has. */
  readonly #known = $derived.by(() =>
    NAMES.flatMap((name) => {
      const policy = ruleNamed(name, this.rule.monitor, RULES);
      return this.source.troubleOf(policy) === null ? [policy] : [];
    }),
  );
  readonly #contest = $derived.by(() => {
    const { resting, planned, bestEpoch } = this.source;
    return resting && bestEpoch !== null ? new SideBySide(resting, planned, bestEpoch) : null;
  });

  /** Those with an error to judge by; none before all are replayed. */
  readonly points: readonly RulePoint[] = $derived.by(() =>
    this.#carried?.contest === this.#contest ? (this.#carried?.points ?? []) : [],
  );
  /** How many rules need a measure that the source lacks. */
  readonly leftOut: number = $derived.by(() => NAMES.length - this.#known.length);

  constructor(
    private readonly source: DataSource,
    private readonly rule: ActiveRule,
  ) {}

  /** Sees to it that they are replayed: to be called in an effect, and what it returns when that is over. */
  attend(): (() => void) | undefined {
    const [known, contest] = [this.#known, this.#contest];
    if (!contest) return undefined;
    contest.want(known);
    return carryOut(contest, (share) => {
      if (share < 1) return;
      const points = known.map((policy) => {
        const { error, epochs, compute } = contest.outcomeOf(policy)!;
        return { name: shortName(policy, RULES), policy, ...pointOf({ error, epochs: epochs.value, compute }) };
      });
      this.#carried = { contest, points: points.filter(({ error }) => Number.isFinite(error)) };
    });
  }
}
