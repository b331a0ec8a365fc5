/**
 * @file Lesson: the same patience in epochs is another one in updates; batch sizes are compared unfairly by either.
 * Long: a lesson is one file.
 */
import { paired, type Estimate } from '../../decomposition/estimate.ts';
import type { RulePolicy } from '../../engine/experiment/experiment.ts';
import type texts from '../../words/messages/en/same-epochs.ts';
import { sayIn, type Message } from '../../words/messages/message.ts';
import { fixed, short } from '../../words/numbers.ts';
import type { CourseRun } from './course-run.ts';
import type { BarsFigure, FigureColour, FigureLine, LinesFigure } from './figure.ts';
import { epochsOf, valueAxis } from './figures/axes.ts';
import { noiseOf } from './figures/curves.ts';
import { sketchLine } from './figures/sketch.ts';
import {
  runAt,
  type CourseAnswer,
  type CourseLesson,
  type LessonHand,
  type LessonScene,
  type LessonTask,
} from './lesson.ts';
import { unpredicted } from './miss.ts';
import { guessOf } from './prediction.ts';
import { sayInCourse, signedCost, sizeOfCost } from './say.ts';

const say = sayIn<typeof texts>('same-epochs');

const NETWORKS = 32;
const POINTS = 40;
const EPOCHS = 400;
const BATCHES = [1, 4, 'full'] as const;
const FULL = 2;
const [PATIENCE, UPDATES] = [5, 100];
const MIN_DELTA = 0.001;
const LIMIT = 0.19;
const [BOTTOM, TOP] = [0, 0.8];
const GUESS = 'best';
const COLOURS: readonly FigureColour[] = ['run-1', 'run-2', 'run-3'];

/** The rule of Keras with a patience in optimizer steps. */
export const PATIENCE_IN_UPDATES: RulePolicy = {
  ...{ rule: 'patience', monitor: 'validation-loss', patience: UPDATES, unit: 'updates', minDelta: MIN_DELTA },
  ...{ mode: 'auto', baseline: null, startFromEpoch: 0, restoreBestWeights: true },
};

const name = (i: number): Message => {
  const batch = BATCHES[i]!;
  return batch === 'full' ? say('experiment.full') : say('experiment.batch', { batch });
};
const stopOf = (run: CourseRun, unit: 'epochs' | 'updates') =>
  run.outcomeNow(unit === 'updates' ? PATIENCE_IN_UPDATES : undefined).stop;
const allStops = (scene: LessonScene, unit: 'epochs' | 'updates') =>
  BATCHES.map((_, i) => stopOf(runAt(scene, i), unit));

function bestOf(scene: LessonScene, unit: 'epochs' | 'updates'): number {
  const errors = allStops(scene, unit).map((stop) => stop.decomposition!.error);
  return errors.indexOf(Math.min(...errors));
}

function answer(scene: LessonScene): CourseAnswer {
  const best = bestOf(scene, 'epochs');
  const names = { best: name(best), bestUpdates: name(bestOf(scene, 'updates')) };
  const truth = `batch ${BATCHES[best]}`;
  const option = guessOf(scene.guesses, GUESS, 'choice')?.option;
  const you = BATCHES.findIndex((batch) => String(batch) === option);
  if (you === -1) return unpredicted(truth, [say('reveal.none', names)]);
  const errors = allStops(scene, 'epochs').map((stop) => stop.decomposition!);
  const right = you === best;
  const estimate: Estimate = right
    ? { value: 0, se: null }
    : paired(errors[you]!.perReplica, errors[best]!.perReplica)!;
  const cost = right ? '0' : sizeOfCost(estimate);
  const told = { ...names, you: name(you), error: fixed(errors[you]!.error), cost };
  return {
    ...{ said: `batch ${option}`, truth, grade: null, bar: null },
    cost: { unit: 'error', estimate },
    reveal: [right ? say('reveal.best', { you: told.you, bestUpdates: told.bestUpdates }) : say('reveal', told)],
    summary: say('summary', { cost }),
  };
}

type CourseAxis = LessonHand['axis'];
/** Where the run stands after each epoch; the same for all replicas. */
const along = (run: CourseRun, axis: CourseAxis): ArrayLike<number> =>
  axis === 'epochs' ? epochsOf(run) : run.tape[axis].subarray(0, run.length);

function axisFigure(scene: LessonScene): LinesFigure {
  const { axis } = scene.hand;
  const runs = scene.runs.flatMap((run, i) => (run ? [{ run, i }] : []));
  const label = sayInCourse(`axis.${axis}`);
  return {
    kind: 'lines',
    id: 'error-by-axis',
    title: say('figure.axis', { axis: label }),
    note: sayInCourse('note.mean', { networks: NETWORKS }),
    x: { label, from: 1, to: axis === 'epochs' ? EPOCHS : EPOCHS * POINTS, log: true, unit: axis },
    y: valueAxis(sayInCourse('axis.error'), BOTTOM, TOP),
    lines: runs.map(({ run, i }): FigureLine => {
      const y = run.curves.error.subarray(0, run.length);
      return { id: `batch-${BATCHES[i]}`, label: name(i), colour: COLOURS[i]!, x: along(run, axis), y };
    }),
    levels: [{ label: sayInCourse('line.noise'), colour: 'noise', y: noiseOf(runAt(scene, 0)) }],
    dots: runs.filter(({ run }) => run.complete).map(({ run, i }) => stopDot(run, i, axis)),
    ...{ coveredFrom: null, flags: [], spans: [], bar: null },
  };
}

function stopDot(run: CourseRun, i: number, axis: CourseAxis) {
  const { epochs, decomposition } = stopOf(run, 'epochs');
  const x = along(run, axis)[Math.max(0, Math.round(epochs) - 1)]!;
  return { x, y: decomposition!.error, colour: COLOURS[i]!, label: say('dot.stop', { n: Math.round(x) }) };
}

function barsFigure(scene: LessonScene): BarsFigure {
  const group = (unit: 'epochs' | 'updates', n: number) => ({
    label: say(`bars.${unit}`, { n }),
    bars: allStops(scene, unit).map(({ decomposition }, i) => {
      const { error: value, errorSe: se } = decomposition!;
      return { label: name(i), colour: COLOURS[i]!, value, se };
    }),
  });
  return {
    ...{ kind: 'bars', id: 'bars', title: sayInCourse('figure.weights'), note: null },
    y: valueAxis(sayInCourse('axis.error'), 0, 0.5),
    groups: [group('epochs', PATIENCE), group('updates', UPDATES)],
    levels: [{ label: sayInCourse('line.noise'), colour: 'noise', y: noiseOf(runAt(scene, 0)) }],
  };
}

const patience: LessonTask = {
  id: 'patience',
  text: () => say('task.patience', { limit: short(LIMIT) }),
  done(scene) {
    const { run, patience } = scene.hand;
    return run === FULL + 1 && runAt(scene, FULL).withPatience(patience).stop.decomposition!.error <= LIMIT;
  },
  status(scene) {
    const { run, patience } = scene.hand;
    const { error } = runAt(scene, run - 1).withPatience(patience).stop.decomposition!;
    return say('task.patience.status', { batch: name(run - 1), patience, error: fixed(error) });
  },
};

/** Whether the first run is nowhere above the second, where both were recorded. */
function isAhead(first: CourseRun, second: CourseRun, axis: CourseAxis): boolean {
  const [x, at] = [along(second, axis), along(first, axis)];
  let k = 0;
  let shared = 0;
  for (let e = 0; e < first.length; e++) {
    while (k + 1 < second.length && x[k + 1]! <= at[e]!) k++;
    if (x[k]! > at[e]! || at[e]! > x[second.length - 1]!) continue;
    shared++;
    if (first.curves.error[e]! > second.curves.error[k]!) return false;
  }
  return shared > 0;
}

const axisTask: LessonTask = {
  id: 'axis',
  text: () => say('task.axis'),
  done: (scene) => isAhead(runAt(scene, FULL), runAt(scene, 0), scene.hand.axis),
  status: ({ hand }) => say('task.axis.status', { axis: sayInCourse(`axis.${hand.axis}`) }),
};

const settings = (source: string, points: number, batchSize: number | 'full', more: object) => ({
  data: { source, trainSize: points, validationSize: points, ...more },
  training: { epochs: EPOCHS, batchSize, optimizer: { name: 'adam', learningRate: 0.003 } },
  stopping: { policy: { patience: PATIENCE, min_delta: MIN_DELTA } },
});

/** Before anything is shown of what is trained. */
const coveredFigure = (scene: LessonScene) => ({ ...axisFigure(scene), lines: [], dots: [], coveredFrom: 1 });

export const sameEpochs: CourseLesson = {
  id: 'same-epochs',
  minutes: 6,
  question: say('question'),
  experiments: BATCHES.map((batch, i) => ({
    id: `batch-${batch}`,
    name: name(i),
    settings: settings('cubic', POINTS, batch, { noise: 0.35 }),
    seen: i === 0 ? 1 : 0,
  })),
  predictions: [
    {
      ...{ kind: 'choice', id: GUESS, ask: say('predict.best'), figure: null },
      options: BATCHES.map((batch, i) => ({ id: String(batch), label: name(i) })),
    },
  ],
  steps: {
    ask: {
      text: () => [say('ask.1', { points: POINTS, few: POINTS / 4 }), say('ask.2')],
      figures: (scene) => [coveredFigure(scene)],
    },
    predict: {
      text: () => [say('predict.1', { patience: PATIENCE, networks: NETWORKS })],
      figures: (scene) => [coveredFigure(scene)],
    },
    train: { text: () => [say('train.1')], figures: (scene) => [axisFigure(scene)] },
    see: {
      text(scene) {
        const [one, full] = [runAt(scene, 0), runAt(scene, FULL)];
        const waited = stopOf(full, 'updates');
        return [
          say('see.1', {
            ...{ patience: PATIENCE, many: PATIENCE * POINTS },
            steps: Math.round(stopOf(full, 'epochs').steps),
          }),
          say('see.2', {
            ...{ updates: UPDATES, error: fixed(waited.decomposition!.error) },
            ...{
              examples: Math.round(waited.epochs * POINTS),
              few: Math.round(stopOf(one, 'updates').epochs * POINTS),
            },
          }),
        ];
      },
      figures: (scene) => [axisFigure(scene), barsFigure(scene)],
    },
    try: { text: () => [say('try.1')], figures: (scene) => [axisFigure(scene), barsFigure(scene)] },
  },
  answer,
  observation: {
    question: () => say('observe.question'),
    options: () => (['falling', 'level', 'rising'] as const).map((id) => ({ id, label: say(`observe.${id}`) })),
    right(scene) {
      const run = runAt(scene, FULL);
      const at = Math.round(stopOf(run, 'epochs').epochs);
      const { value, se } = paired(run.errorsAfter(Math.min(run.length, 4 * at)), run.errorsAfter(at))!;
      return Math.abs(value) <= 2 * se! ? 'level' : value < 0 ? 'falling' : 'rising';
    },
    look(scene) {
      const run = runAt(scene, FULL);
      const at = Math.round(stopOf(run, 'epochs').epochs);
      const x = along(run, scene.hand.axis);
      return { figure: 'error-by-axis', from: x[at - 1]!, to: x[Math.min(run.length, 4 * at) - 1]! };
    },
  },
  try: {
    hands: ['axis', 'run', 'patience'],
    patience: { from: 1, to: 200 },
    settings: [],
    of: 0,
    begin: { run: FULL + 1, patience: PATIENCE, axis: 'epochs' },
    tasks: [patience, axisTask],
  },
  transfer: {
    experiments: ([5, 'full'] as const).map((batch) => ({
      id: `clouds-${batch}`,
      name: say('transfer.experiment', { batch }),
      settings: {
        ...settings('gaussians', 60, batch, {}),
        training: { epochs: 150, batchSize: batch, optimizer: { name: 'adam', learningRate: 0.01 } },
      },
      seen: 0,
    })),
    question: say('transfer.question', { points: 60, patience: PATIENCE, batch: 5 }),
    options: (['much', 'some', 'nothing'] as const).map((id) => ({ id, label: say(`transfer.${id}`) })),
    right(runs) {
      const { value, se } = fullMinusSmall(runs);
      if (value <= 2 * se!) return 'nothing';
      return value >= 0.25 * stopOf(runs[0]!, 'epochs').decomposition!.error ? 'much' : 'some';
    },
    because(runs) {
      const error = fixed(stopOf(runs[0]!, 'epochs').decomposition!.error);
      return say('transfer.because', { cost: signedCost(fullMinusSmall(runs)), error });
    },
  },
  finding(scene) {
    const [byEpochs, byUpdates] = [allStops(scene, 'epochs'), allStops(scene, 'updates')];
    const error = (stop: (typeof byEpochs)[number] | undefined) => fixed(stop!.decomposition!.error);
    return say('finding', {
      epochs: sayInCourse('count.epochs', { n: PATIENCE }),
      updates: sayInCourse('count.updates', { n: UPDATES }),
      ...{ full: error(byEpochs[FULL]), small: error(byEpochs[1]), fullUpdates: error(byUpdates[FULL]) },
    });
  },
  sketch: (scene) => ({
    areas: [],
    lines: BATCHES.map((_, i) => ({ colour: COLOURS[i]!, y: sketchLine(runAt(scene, i).curves.error, TOP) })),
    flags: [],
  }),
};

function fullMinusSmall([small, full]: readonly CourseRun[]): Estimate {
  const errors = (run: CourseRun | undefined) => stopOf(run!, 'epochs').decomposition!.perReplica;
  return paired(errors(full), errors(small))!;
}
