/** @file "What happened?" where a flag was set: did the mean curve turn before it, at it, or after it? */
import type { Message } from '../../words/messages/message.ts';
import type { CourseRun } from './course-run.ts';
import { runAt, type LessonScene, type Observation } from './lesson.ts';
import { sayInCourse } from './say.ts';
import { flagged } from './stop-answer.ts';

/** So near on the epoch axis, as a share of it, that nobody could see them apart. */
const AT = 0.025;

interface TurnOptions {
  question: Message;
  /** Of the flag's prediction. */
  flag: string;
  figure: string;
}

/** Of the lesson's first run; without a flag, the quarters of the axis take its place. */
export function turnObservation({ question, flag, figure }: TurnOptions): Observation {
  const asked = (scene: LessonScene) => {
    const run = runAt(scene, 0);
    return { run, turn: turnOf(run), you: flagged(run, scene, flag) };
  };
  return {
    question: () => question,
    options: (scene) =>
      (asked(scene).you === null
        ? (['first-quarter', 'between', 'last-quarter'] as const)
        : (['before', 'at', 'after'] as const)
      ).map((id) => ({ id, label: sayInCourse(`observe.${id}`) })),
    right(scene) {
      const { run, turn, you } = asked(scene);
      const quarter = run.length / 4;
      if (you === null) return turn <= quarter ? 'first-quarter' : turn > 3 * quarter ? 'last-quarter' : 'between';
      if (Math.abs(turn - you) <= AT * run.length) return 'at';
      return turn < you ? 'before' : 'after';
    },
    look(scene) {
      const { run, turn } = asked(scene);
      const margin = AT * run.length;
      return { figure, from: Math.max(1, turn - margin), to: Math.min(run.length, turn + margin) };
    },
  };
}

/** The epoch, as trained, of the lowest mean validation loss. */
export function turnOf({ curves, length }: CourseRun): number {
  const { validationLoss } = curves;
  let lowest = 0;
  for (let e = 1; e < length; e++) if (validationLoss[e]! < validationLoss[lowest]!) lowest = e;
  return lowest + 1;
}
