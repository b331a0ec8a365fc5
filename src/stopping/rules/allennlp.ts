/**
 * @file Early stopping of AllenNLP 2.10 (`MetricTracker` with the trainer's patience), proven by conformance/ask_allennlp.py.
 *
 * The first value is the best whatever it is; any better value counts. Without a patience it never stops.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { Patience } from './library.ts';
import { MODE } from './limits.ts';
import { signOf } from './research/observer.ts';

const PARAMETERS = {
  patience: {
    kind: 'number',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    integer: true,
    default: 10,
    role: 'counter',
    help: 'Epochs in a row without an improvement after which training stops; AllenNLP has no default, and never stops without.',
    refusal: 'is an invalid value for "patience": it must be a positive integer or None',
  },
  mode: { ...MODE, help: `${MODE.help} AllenNLP has no mode: the metric is named with a + or a −.` },
} as const;

class AllennlpWatch extends Patience {
  constructor(settings: SettingsOf<typeof PARAMETERS>, direction?: Direction) {
    super(signOf(settings.mode, direction), settings.patience);
  }

  protected take(value: number | null): boolean {
    if (value === null) return this.abort('ConfigurationError: the model did not produce that metric');
    if (this.best !== -1 && !(this.sign * value < this.sign * this.bestValue)) return this.waited();
    this.improved(value);
    return false;
  }
}

export const ALLENNLP: Rule<typeof PARAMETERS> = {
  label: 'AllenNLP',
  version: 'allennlp 2.10.1',
  help: 'Any better value counts, however little better. The first is the best, a NaN too: nothing ever beats that. It ends with the weights of its best epoch, and an epoch without the metric aborts the run.',
  parameters: PARAMETERS,
  restores: () => true,
  start: (settings, direction) => new AllennlpWatch(settings, direction),
};
