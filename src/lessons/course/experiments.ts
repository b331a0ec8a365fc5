/** @file The experiments of a lesson in full: the defaults, the lesson's settings and the seed. */
import type { Experiment } from '../../engine/experiment/experiment.ts';
import { withDefaults } from '../../engine/experiment/defaults.ts';
import { CURRENT_VERSION } from '../../engine/experiment/migrations/index.ts';
import type { LessonExperiment } from './lesson.ts';

/** The seed that a reader sees who brings none of their own: that of the figures and of the measured effects. */
export const SHOWN_SEED = 7;

/** Throws where a lesson asks for settings that are none, which its tests find. */
export function experimentOf({ id, settings }: LessonExperiment, seed: number = SHOWN_SEED): Experiment {
  const parsed = withDefaults({ version: CURRENT_VERSION, ...settings, seed });
  if (parsed.ok) return parsed.experiment;
  const problems = parsed.problems.map(({ path, value, remedy }) => `${path}: ${JSON.stringify(value)} ${remedy}`);
  throw new Error(`lesson experiment "${id}": ${problems.join('; ')}`);
}
