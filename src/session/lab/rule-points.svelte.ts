/** @file What every rule comes to on the subject of the lab, as its library or its paper sets it: replayed between frames. */
import { pointOf, type Point } from '../../evaluation/pareto.ts';
import { SideBySide } from '../../evaluation/side-by-side.ts';
import type { Policy } from '../../engine/experiment/experiment.ts';
import type { ActiveRule } from '../active-rule.svelte.ts';
import { carryOut } from '../rule-finder.ts';
import { ruleNamed } from '../../stopping/edit-policy.ts';
import { shortName } from '../../stopping/policy-name.ts';
import { RULES } from '../../stopping/rules/index.ts';
import type { Subject } from './data-source.svelte.ts';

export interface RulePoint extends Point {
  name: string;
  /** As the page would take it. */
  policy: Policy;
}

export class RulePoints {
  #carried = $state.raw<{ contest: SideBySide; points: readonly RulePoint[] } | null>(null);

  /** The rules that the subject has what it takes for. */
  readonly #known = $derived.by(() =>
    Object.keys(RULES).flatMap((name) => {
      const policy = ruleNamed(name, this.rule.monitor);
      const replayed = this.subject.watching(policy);
      return replayed && this.subject.troubleOf(replayed) === null ? [{ policy, replayed }] : [];
    }),
  );
  readonly #contest = $derived.by(() => {
    const { resting, planned, bestEpoch } = this.subject;
    return resting && bestEpoch !== null ? new SideBySide(resting, planned, bestEpoch) : null;
  });

  /** Those with an error to judge by; none before all are replayed. */
  readonly points: readonly RulePoint[] = $derived.by(() =>
    this.#carried?.contest === this.#contest ? (this.#carried?.points ?? []) : [],
  );
  /** Rules that look at what the subject lacks. */
  readonly leftOut: number = $derived.by(() => Object.keys(RULES).length - this.#known.length);

  constructor(
    private readonly subject: Subject,
    private readonly rule: ActiveRule,
  ) {}

  /** Sees to it that they are replayed: to be called in an effect, and what it returns when that is over. */
  attend(): (() => void) | undefined {
    const [known, contest] = [this.#known, this.#contest];
    if (!contest) return undefined;
    contest.want(known.map(({ replayed }) => replayed));
    return carryOut(contest, (share) => {
      if (share < 1) return;
      const points = known.map(({ policy, replayed }) => {
        const { error, epochs, compute } = contest.outcomeOf(replayed)!;
        return { name: shortName(replayed), policy, ...pointOf({ error, epochs: epochs.value, compute }) };
      });
      this.#carried = { contest, points: points.filter(({ error }) => Number.isFinite(error)) };
    });
  }
}
