/** @file The answer where a flag was set: what it costs to stop all networks there, by the verdict's own rules. */
import { gradeOf, type StopGrade } from '../../evaluation/grade.ts';
import type { Outcome } from '../../evaluation/outcome.ts';
import type { Message } from '../../words/messages/message.ts';
import type { CourseRun } from './course-run.ts';
import type { FigureFlag, FigureSpan } from './figure.ts';
import type { CourseAnswer, LessonScene } from './lesson.ts';
import { unpredicted } from './miss.ts';
import { guessOf } from './prediction.ts';
import { sayInCourse, signedCost, sizeOfCost } from './say.ts';

/** Epochs as trained. `id` is that of the flag's prediction. */
export function stopAnswer(run: CourseRun, scene: LessonScene, id: string): CourseAnswer {
  const you = flagged(run, scene, id);
  const { best, last } = hindsightOf(run);
  const base = { truth: `stop ${best}` };
  if (you === null) {
    const cost = sizeOfCost(last.regret!);
    return unpredicted(base.truth, [sayInCourse('stop.none', { best, last: run.length, cost })]);
  }
  const outcome = run.commonStop(you);
  const estimate = outcome.stop.regret!;
  const exact = you === best;
  const grade = gradeOf(outcome);
  const level = exact || grade.grade === 'level';
  const cost = exact ? '0' : level ? signedCost(estimate) : sizeOfCost(estimate);
  return {
    ...base,
    said: `stop ${you}`,
    cost: { unit: 'error', estimate: exact ? { value: 0, se: null } : estimate },
    grade,
    reveal: exact
      ? [sayInCourse('stop.exact', { you })]
      : [sayInCourse(level ? 'stop.level' : 'stop.costs', { you, best, cost }), ...gradeWords(grade)],
    summary: sayInCourse('stop.summary', { cost }),
    bar: exact
      ? null
      : {
          x: you,
          from: outcome.best.decomposition!.error,
          to: outcome.stop.decomposition!.error,
          label: sayInCourse('bar.costs', { cost }),
        },
  };
}

/** Too early or too late, as sure as the evidence is, and the term to blame where there is one. */
export function gradeWords({ grade, sure, blame }: StopGrade): Message[] {
  if (grade !== 'early' && grade !== 'late') return [];
  const key = sure ? (`grade.${grade}` as const) : (`grade.probably-${grade}` as const);
  return [blame ? sayInCourse(`${key}-because`, { because: sayInCourse(`blame.${blame.term}`) }) : sayInCourse(key)];
}

/** The best common stop as epochs trained, what cannot be told apart from it, and the last epoch. */
export function hindsightOf(run: CourseRun): { best: number; from: number; to: number; last: Outcome['last'] } {
  const { bestEpoch, level, last } = run.outcomeNow();
  return { best: bestEpoch + 1, from: level.from + 1, to: level.to + 1, last };
}

/** The epoch of a flag, kept within what is recorded; null where there is none. */
export function flagged(run: CourseRun, { guesses }: LessonScene, id: string): number | null {
  const guess = guessOf(guesses, id, 'flag');
  return guess ? Math.min(run.length, Math.max(1, Math.round(guess.epoch))) : null;
}

/** The flags of a stop: the reader's, and the best once the run is complete. */
export function stopFlags(run: CourseRun | undefined, scene: LessonScene, id: string): FigureFlag[] {
  const guess = guessOf(scene.guesses, id, 'flag');
  const you = guess ? Math.round(guess.epoch) : null;
  const flags: FigureFlag[] =
    you === null ? [] : [{ kind: 'you', x: you, label: sayInCourse('flag.you', { epoch: you }) }];
  if (!run?.complete) return flags;
  const { best } = hindsightOf(run);
  return [...flags, { kind: 'best', x: best, label: sayInCourse('flag.best', { epoch: best }) }];
}

export function levelSpan(run: CourseRun): FigureSpan {
  const { from, to } = hindsightOf(run);
  return { from, to, label: sayInCourse('span.level', { from, to }) };
}
