/** @file The first lesson: guess the patience that loses least, then see what it would have lost. */
import { DEFAULT_EXPERIMENT } from '../engine/experiment/experiment.ts';
import type { Lesson } from './lesson.ts';

export const whenToStop: Lesson = {
  id: 'when-to-stop',
  title: 'When would you have stopped?',
  experiment: DEFAULT_EXPERIMENT,
  question: 'Before you drag: which patience would lose least on these data?',
  guess: { label: 'my guess', min: 1, max: 100, start: 20 },
  answer: (guess, { x, y, error }, margin) => {
    const patiences = x.values;
    const minDeltas = y?.values ?? [];
    const distance = (delta: number) => Math.abs(Math.log(delta / margin));
    // Without a min delta the smallest one of the map is the nearest.
    const row = minDeltas.reduce((near, delta, i) => (distance(delta) < distance(minDeltas[near]!) ? i : near), 0);
    const along = patiences.map((value, column) => ({ value, error: error[row * patiences.length + column]! }));
    const best = along.reduce((least, one) => (one.error < least.error || Number.isNaN(least.error) ? one : least));
    const guessed = along.find(({ value }) => value === guess);
    if (!guessed) throw new Error(`guess: ${guess} must be a whole number from ${patiences[0]} to ${patiences.at(-1)}`);
    return { best, guessed };
  },
};
