/** @file A budget: stops after a given number of epochs. */
import type { Direction, Rule, SettingsOf } from '../../rule.ts';
import { MODE } from '../limits.ts';
import { Observer, plural, signOf } from './observer.ts';

const PARAMETERS = {
  epochs: { kind: 'number', min: 1, max: 1e6, integer: true, default: 100, help: 'Epochs after which training stops.' },
  mode: MODE,
} as const;

class Budget extends Observer {
  constructor(
    readonly settings: SettingsOf<typeof PARAMETERS>,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction));
  }

  protected take(value: number | null): boolean {
    if (value !== null) this.wait = this.improves(value) ? 0 : this.wait + 1;
    return this.epochs + 1 >= this.settings.epochs;
  }

  protected reason(): string {
    return `the budget is ${plural(this.settings.epochs)}, ${this.bestSoFar()}`;
  }
}

export const BUDGET: Rule<typeof PARAMETERS> = {
  label: 'Budget of epochs',
  version: '',
  help: 'Stops after a fixed number of epochs and keeps the best of them; the baseline that every rule should beat.',
  parameters: PARAMETERS,
  start: (settings, direction) => new Budget(settings, direction),
};
