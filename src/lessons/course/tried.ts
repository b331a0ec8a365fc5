/** @file Reads what the reader tried: which runs differ from the lesson's in these settings and in no others. */
import { at, difference, isTree } from '../../engine/experiment/tree.ts';
import type { CourseRun } from './course-run.ts';
import { runAt, type LessonScene } from './lesson.ts';

/** Paths of the settings in which one experiment differs from another, the stopping rule and the seed left out. */
export function changedSettings(changed: CourseRun, base: CourseRun): string[] {
  const paths = (tree: unknown, path: string): string[] =>
    isTree(tree) && !('name' in tree)
      ? Object.entries(tree).flatMap(([key, branch]) => paths(branch, path === '' ? key : `${path}.${key}`))
      : [path];
  const apart = difference(changed.experiment, base.experiment);
  return apart === undefined ? [] : paths(apart, '').filter((path) => !/^(stopping|seed)/.test(path));
}

/** The complete runs of Try that differ from the lesson's run in one setting or more of these, and in nothing else. */
export function triedWith(scene: LessonScene, settings: readonly string[], of = 0): CourseRun[] {
  const base = runAt(scene, of);
  return scene.tried.filter((run) => {
    const changed = changedSettings(run, base);
    return run.complete && changed.length > 0 && changed.every((path) => settings.includes(path));
  });
}

/** A number of an experiment by its path. */
export function numberAtPath({ experiment }: CourseRun, path: string): number {
  const value = at(experiment, path.split('.'));
  if (typeof value !== 'number')
    throw new Error(`${path}: ${JSON.stringify(value)} is no number; name another setting`);
  return value;
}
