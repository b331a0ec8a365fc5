/** @file Mean scores of a tape at one epoch per replica, and an explanation of each score. */
import { estimate, type Estimate } from '../../decomposition/estimate.ts';
import { decimals, fixed } from '../../words/numbers.ts';
import type { Experiment } from '../../engine/experiment/experiment.ts';
import { OBJECTIVES } from '../../engine/model/objectives.ts';
import { CALIBRATION_BINS } from '../../engine/record/scores.ts';
import type { TapeCurve, Tape } from '../../engine/record/tape.ts';

export const PARTS = ['train', 'validation', 'test'] as const;

export interface ScoreRow {
  name: string;
  /** In the order of `PARTS`: mean over the sound replicas; null without any. */
  cells: (Estimate | null)[];
}

export interface ScoreWords {
  name: string;
  words: string;
}

type Kind = 'Loss' | 'Accuracy' | 'F1' | 'Brier' | 'CalibrationError';
interface Score {
  name: string;
  kind: Kind;
  /** From what is on the tape. */
  of: (recorded: number) => number;
}

const asRecorded = (recorded: number) => recorded;
const LOSS: Score = { name: 'loss', kind: 'Loss', of: asRecorded };
const OF_CLASSES: Score[] = [
  { name: 'accuracy (exact match)', kind: 'Accuracy', of: asRecorded },
  { name: 'error rate', kind: 'Accuracy', of: (accuracy) => 1 - accuracy },
  { name: 'F1', kind: 'F1', of: asRecorded },
  { name: 'Brier score', kind: 'Brier', of: asRecorded },
  { name: 'calibration error', kind: 'CalibrationError', of: asRecorded },
];

/** `epochs` is `[R]`: where each replica is read; −1 leaves it out, as do those that have diverged there. */
export function scoreRows(tape: Tape, epochs: ArrayLike<number>): ScoreRow[] {
  const { epochs: E, classification } = tape.shape;
  const at = Array.from(epochs, (epoch, r) => (epoch >= 0 && tape.sound(r, epoch) ? r * E + epoch : -1));
  return [LOSS, ...(classification ? OF_CLASSES : [])].map(({ name, kind, of }) => ({
    name,
    cells: PARTS.map((part) => {
      const column = tape[`${part}${kind}` satisfies TapeCurve];
      return estimate(at.map((place) => (place === -1 ? NaN : of(column[place]!))));
    }),
  }));
}

/** So that scores near zero, with errors nearer still, do not take the whole width. */
const MOST_DECIMALS = 4;

/** The mean and `± error`, empty without one, to the digits the error supports. */
export function inDigits({ value, se }: Estimate, write = fixed): { mean: string; error: string } {
  const places = Math.min(MOST_DECIMALS, decimals(se));
  return { mean: write(value, places), error: se === null ? '' : `±\u00a0${fixed(se, places)}` };
}

/** Replicas that are read. */
export function soundAt(tape: Tape, epochs: ArrayLike<number>): number {
  return Array.from(epochs).filter((epoch, r) => epoch >= 0 && tape.sound(r, epoch)).length;
}

/** What each row of `scoreRows` says, with K outputs; `classes` are the names of the classes, if they have any. */
export function scoreWords(
  { objective }: Pick<Experiment, 'objective'>,
  tape: Pick<Tape, 'shape'>,
  classes: readonly string[] | null,
): ScoreWords[] {
  const { outputs: K, classification } = tape.shape;
  const { label, help } = OBJECTIVES[objective];
  const loss = { name: LOSS.name, words: `${label}, without penalties. ${help}` };
  if (!classification) return [loss];
  const f1 =
    K <= 2
      ? `harmonic mean of precision and recall of ${classes?.[1] ?? 'class 1'}.`
      : 'harmonic mean of precision and recall of a class, its mean over the classes.';
  const brier =
    K === 1
      ? 'mean squared difference between the probability of class 1 and the label; 0 is perfect, ½ for everything gives 0.25.'
      : 'squared difference between probabilities and one-hot label, summed over the classes, its mean; from 0 to 2, 0 is perfect.';
  const words = [
    'share of the points whose most probable class is their label.',
    'one minus accuracy.',
    f1,
    brier,
    `how far confidence lies from accuracy, mean over the points, in ${CALIBRATION_BINS} bins of equal width.`,
  ];
  return [loss, ...OF_CLASSES.map(({ name }, i) => ({ name, words: words[i]! }))];
}
