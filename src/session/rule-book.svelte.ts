/** @file The rules that the page knows: that of Keras from the start, all others once one of them is named or looked for. */
import type { Policy } from '../engine/experiment/experiment.ts';
import { AT_HAND, allRules, namesOnly } from '../stopping/rules/loaded.ts';
import type { Descriptions, Rules } from '../stopping/policy.ts';

export class RuleBook {
  #all = $state.raw<Rules | null>(null);
  #failed = $state(false);
  #loading: Promise<void> | null = null;

  /** What is said of the rules that are known. */
  get rules(): Descriptions {
    return this.#all ?? AT_HAND;
  }

  /** All rules, with what they do; null until they are loaded. */
  get all(): Rules | null {
    return this.#all;
  }

  /** Whether the others could not be loaded. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Whether it has every rule that a policy names. */
  knows(policy: Policy): boolean {
    return namesOnly(policy, this.rules);
  }

  /** Brings all rules; where they do not come, `failed` says so. */
  load(): Promise<void> {
    this.#loading ??= allRules().then(
      (rules) => {
        this.#all = rules;
        this.#failed = false;
      },
      () => {
        this.#failed = true;
        this.#loading = null;
      },
    );
    return this.#loading;
  }
}
