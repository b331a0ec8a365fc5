/** @file A budget of updates, examples, FLOPs or seconds. */
import { METERS, type Direction, type EpochValues, type Rule, type SettingsOf } from '../../rule.ts';
import { MODE } from '../limits.ts';
import { Observer, signOf } from './observer.ts';
import { inUnits, UNIT_WORDS } from './units.ts';

const PARAMETERS = {
  amount: {
    kind: 'number',
    min: 1e-6,
    max: 1e21,
    default: 1000,
    unitIn: 'unit',
    help: 'How much may be spent: training stops after the epoch that reaches it.',
  },
  unit: {
    kind: 'choice',
    options: METERS,
    default: 'updates',
    help: 'Optimizer steps, training points met, floating-point operations of training one replica, or seconds that training all replicas took here.',
  },
  mode: MODE,
} as const;

class ComputeBudget extends Observer {
  #spent = NaN;

  constructor(
    readonly settings: SettingsOf<typeof PARAMETERS>,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction));
  }

  /** An epoch whose meter was not read spends nothing. */
  protected take(value: number | null, also: EpochValues): boolean {
    if (value !== null) this.wait = this.improves(value) ? 0 : this.wait + 1;
    this.#spent = also[this.settings.unit] ?? this.#spent;
    return this.#spent >= this.settings.amount;
  }

  protected reason(): string {
    const { amount, unit } = this.settings;
    const spent = Number.isNaN(this.#spent) ? `no ${UNIT_WORDS[unit].many} counted` : inUnits(this.#spent, unit);
    return `${spent} of a budget of ${amount}, ${this.bestSoFar()}`;
  }
}

export const COMPUTE_BUDGET: Rule<typeof PARAMETERS> = {
  label: 'Budget of compute',
  version: '',
  help: 'Stops once so many updates, examples, FLOPs or seconds are spent and keeps the best epoch until then; it looks only at the end of an epoch, so the last one may overdraw it.',
  parameters: PARAMETERS,
  needs: ({ unit }) => [unit],
  start: (settings, direction) => new ComputeBudget(settings, direction),
};
