/** @file Trains lessons and keeps what the list of lessons shows of them: all, or those whose ids are given. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Io } from './io.ts';
import { train } from './train.ts';
import { RULES } from '../stopping/rules/index.ts';
import { CourseRun } from '../lessons/course/course-run.ts';
import { experimentOf } from '../lessons/course/experiments.ts';
import { COURSE_LESSONS } from '../lessons/course/index.ts';
import type { LessonHand } from '../lessons/course/lesson.ts';
import { listedOf } from '../lessons/course/listed.ts';

const FOLDER = new URL('../lessons/course/listed/', import.meta.url);
const CLOCK = {
  now: () => performance.now(),
  after: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref()),
};
const HAND: LessonHand = {
  ...{ patience: 20, minDelta: 0, restore: true, replica: 1, epoch: null, run: 1, axis: 'epochs' },
};

/** Returns the exit code. */
export async function main(ids: readonly string[], { stdout }: Pick<Io, 'stdout'>): Promise<number> {
  mkdirSync(FOLDER, { recursive: true });
  for (const { id, load } of COURSE_LESSONS) {
    if (ids.length > 0 && !ids.includes(id)) continue;
    const lesson = await load();
    const runs: CourseRun[] = [];
    for (const one of lesson.experiments) {
      const experiment = experimentOf(one);
      const listener = { step: () => undefined, recorded: () => undefined };
      const { material, points, tape, curves } = await train(experiment, 'wasm', CLOCK, listener);
      runs.push(new CourseRun({ experiment, replicas: material.replicas, points, tape, curves, rules: RULES }));
    }
    const listed = listedOf(lesson, { runs, guesses: {}, hand: { ...HAND, ...lesson.try.begin }, tried: [] });
    writeFileSync(new URL(`${id}.json`, FOLDER), `${JSON.stringify(listed)}\n`);
    stdout.write(`${id}: ${JSON.stringify(listed).length} bytes\n`);
  }
  return 0;
}
