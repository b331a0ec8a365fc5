/**
 * @file Early stopping of `spacy train` of spaCy 3.7, proven by conformance/ask_spacy.py.
 *
 * Patience is in steps, that is in updates, and looked at after every one of them; a score comes every eval_frequency steps,
 * the first after the first step, of number 0. A history holds the scores, so that a run which ends between two of them ends
 * with the first. The first score is the best whatever it is.
 */
import type { Direction, Rule, SettingsOf } from '../rule.ts';
import { MODE } from './limits.ts';
import { fourDigits, Observer, plural, signOf } from './research/observer.ts';

const PARAMETERS = {
  patience: {
    kind: 'number',
    min: -Number.MAX_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    integer: true,
    default: 1600,
    help: 'Steps since the best score after which training stops; 0 turns the rule off, less stops after the first step.',
  },
  eval_frequency: {
    kind: 'number',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    integer: true,
    default: 200,
    help: 'Steps from one score to the next.',
  },
  mode: {
    ...MODE,
    help: `${MODE.help} spaCy has no mode: its score grows, which a loss does with its sign turned.`,
  },
} as const;

class SpacyWatch extends Observer {
  constructor(
    private readonly settings: SettingsOf<typeof PARAMETERS>,
    direction?: Direction,
  ) {
    super(signOf(settings.mode, direction));
  }

  protected take(value: number | null): boolean {
    const { patience, eval_frequency } = this.settings;
    if (value !== null && (this.best === -1 || this.sign * value < this.sign * this.bestValue)) {
      this.best = this.epochs;
      this.bestValue = value;
    }
    const best = Math.max(0, this.best) * eval_frequency;
    this.wait = this.epochs * eval_frequency - best;
    const before = (this.epochs + 1) * eval_frequency - 1;
    return patience !== 0 && before - best >= patience;
  }

  protected reason(): string {
    const { patience, eval_frequency } = this.settings;
    if (patience === 0) return 'with patience 0 the rule is off';
    if (this.best === -1) return `no score yet (patience ${plural(patience, 'step')})`;
    const found = `best ${fourDigits(this.bestValue)} at step ${this.best * eval_frequency}`;
    return `${found}, ${plural(this.wait, 'step')} without a better score (patience ${plural(patience, 'step')})`;
  }

  override why(): string {
    return super.why().replace(/\d+ epochs?/, plural(this.epochs, 'evaluation'));
  }
}

export const SPACY: Rule<typeof PARAMETERS> = {
  label: 'spaCy',
  version: 'spacy 3.7.5',
  help: 'Counts steps, not evaluations: with a score every 200 steps, its patience of 1600 is 8 of them. Any better score counts. It keeps the model of the best score beside the last.',
  parameters: PARAMETERS,
  restores: () => true,
  start: (settings, direction) => new SpacyWatch(settings, direction),
};
