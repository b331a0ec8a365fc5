/** @file A policy on a tape that grows: every replica is followed on from where it was, not from its beginning. */
import type { Policy } from '../engine/experiment/experiment.ts';
import type { Tape } from '../engine/record/tape.ts';
import { begun, follow, told, type Followed, type PolicyReplay } from './policy-replay.ts';
import { metricsOf } from './policy-watch.ts';
import { recordsOf } from './records.ts';
import { RULES } from './rules/index.ts';

export class GrowingReplay {
  readonly #followed: readonly Followed[];

  constructor(
    readonly tape: Tape,
    readonly policy: Policy,
  ) {
    this.#followed = Array.from({ length: tape.shape.replicas }, () => begun(policy, RULES));
  }

  /** As far as the tape goes by now; throws if it does not have what the policy needs. */
  read(): PolicyReplay[] {
    const measures = [...metricsOf(this.policy, RULES)];
    const records = recordsOf(this.tape);
    return this.#followed.map((followed, r) => told(follow(followed, records[r]!, measures, r)));
  }
}
