/**
 * @file Lesson: the smaller the validation set, the better the network looks and the worse it is.
 * Long: a lesson is one file.
 */
import type texts from '../../words/messages/en/ruler.ts';
import { sayIn } from '../../words/messages/message.ts';
import { fixed, plusMinus, short } from '../../words/numbers.ts';
import type { BarsFigure, DotsFigure } from './figure.ts';
import { epochsAxis, valueAxis } from './figures/axes.ts';
import { curvesFigure, noiseOf } from './figures/curves.ts';
import { runAt, type CourseAnswer, type CourseLesson, type LessonScene, type LessonTask } from './lesson.ts';
import { missOf, unpredicted } from './miss.ts';
import { guessOf } from './prediction.ts';
import {
  betweenRulers,
  impossibleOf,
  keptByRulers,
  meanPromise,
  meanTruth,
  promiseGap,
  promisesOf,
} from './promises.ts';
import { sayInCourse, signedCost, sizeOfCost } from './say.ts';
import { triedWith } from './tried.ts';

const say = sayIn<typeof texts>('ruler');

const NETWORKS = 64;
const RULERS = 64;
const SIZES = [5, 20, 200] as const;
const [FEW, MANY] = [0, 2] as const;
const ONE = 3;
const EPOCHS = 300;
const [MOST, LIMIT] = [100, 0.02];
const GUESS = 'promise';

const floorOf = (scene: LessonScene) => noiseOf(runAt(scene, FEW));

function promiseFigure(scene: LessonScene, known: boolean): BarsFigure {
  const groups = SIZES.map((points, i) => {
    const run = runAt(scene, known ? i : FEW);
    const bar = (id: 'promise' | 'truth') => {
      const { value, se } = id === 'promise' ? meanPromise(run) : meanTruth(run);
      const colour = id === 'promise' ? ('validation' as const) : ('test' as const);
      return { label: say(`bar.${id}`), colour, value: known ? value : NaN, se: known ? se : null };
    };
    return { label: say('group.points', { points }), bars: [bar('promise'), bar('truth')] };
  });
  return {
    ...{ kind: 'bars', id: 'promise', title: say('figure.promise') },
    note: sayInCourse('note.mean', { networks: NETWORKS }),
    y: valueAxis(sayInCourse('axis.loss'), 0, 0.3),
    groups,
    levels: [{ label: sayInCourse('line.noise'), colour: 'noise', y: floorOf(scene) }],
  };
}

function keptFigure(scene: LessonScene): DotsFigure {
  const run = runAt(scene, ONE);
  const strips = [1, 4, 16].map((k, i) => ({
    label: say('group.points', { points: k * SIZES[FEW] }),
    colour: (['run-1', 'run-2', 'run-3'] as const)[i]!,
    values: keptByRulers(run, k),
  }));
  const flags = [{ kind: 'best' as const, x: run.outcomeNow().bestEpoch + 1 }].map((flag) => ({
    ...flag,
    label: sayInCourse('flag.best', { epoch: flag.x }),
  }));
  return {
    kind: 'dots',
    id: 'kept',
    title: say('figure.kept'),
    note: null,
    x: epochsAxis(run),
    strips,
    flags,
    spans: [],
  };
}

function answer(scene: LessonScene): CourseAnswer {
  const run = runAt(scene, FEW);
  const promise = meanPromise(run);
  const told = {
    ...{ few: SIZES[FEW], promise: plusMinus(promise.value, promise.se), truth: fixed(meanTruth(run).value) },
    ...{ impossible: impossibleOf(run, floorOf(scene)), networks: NETWORKS },
  };
  const truth = `loss ${fixed(promise.value)}`;
  const guess = guessOf(scene.guesses, GUESS, 'number');
  if (!guess) return unpredicted(truth, [say('reveal.none', told)]);
  const you = fixed(guess.value);
  const estimate = missOf(guess.value, promise);
  return {
    ...{ said: `loss ${you}`, truth, grade: null, bar: null },
    cost: { unit: 'loss', estimate },
    reveal: [say('reveal', { ...told, you })],
    summary: sayInCourse('miss.summary', { miss: sizeOfCost(estimate) }),
  };
}

const points: LessonTask = {
  id: 'points',
  text: () => say('task.points', { most: MOST, limit: short(LIMIT) }),
  done: (scene) =>
    triedWith(scene, ['data.validationSize']).some(
      (run) => run.experiment.data.validationSize <= MOST && Math.abs(promiseGap(run).value) <= LIMIT,
    ),
  status(scene) {
    const run = triedWith(scene, ['data.validationSize']).at(-1);
    if (!run) return sayInCourse('try.none');
    return say('task.points.status', { points: run.experiment.data.validationSize, gap: signedCost(promiseGap(run)) });
  },
};

const promiseOfRuler = (scene: LessonScene) => promisesOf(runAt(scene, ONE))[scene.hand.replica - 1]!.promise;

const lucky: LessonTask = {
  id: 'lucky',
  text: () => say('task.lucky', { rulers: RULERS }),
  done: (scene) => scene.hand.run === ONE + 1 && promiseOfRuler(scene) < floorOf(scene),
  status(scene) {
    const [promise, floor] = [fixed(promiseOfRuler(scene)), fixed(floorOf(scene))];
    return say('task.lucky.status', { replica: scene.hand.replica, promise, floor });
  },
};

const settings = (validationSize: number, replicas: object) => ({
  data: { trainSize: 30, validationSize, noise: 0.35 },
  replicas,
  training: { epochs: EPOCHS, batchSize: 5, optimizer: { name: 'adam', learningRate: 0.003 } },
  stopping: { policy: { patience: 20, min_delta: 0 } },
});
const shared = { data: false, weights: false, order: false };
const both = (scene: LessonScene) => [promiseFigure(scene, true), keptFigure(scene)];

export const trustTheRuler: CourseLesson = {
  id: 'ruler',
  minutes: 6,
  question: say('question'),
  experiments: [
    ...SIZES.map((size, i) => ({
      id: `points-${size}`,
      name: say('experiment.points', { points: size }),
      settings: settings(size, { count: NETWORKS }),
      seen: i === 0 ? 10 : 0,
    })),
    {
      id: 'one-network',
      name: say('experiment.one', { rulers: RULERS }),
      settings: settings(SIZES[FEW], { count: RULERS, validations: RULERS, redraw: shared }),
      seen: 0,
    },
  ],
  predictions: [
    {
      ...{ kind: 'number', id: GUESS, ask: say('predict.number', { few: SIZES[FEW] }), figure: 'promise', along: 'y' },
      ...{ from: 0, to: 0.3, step: 0.005, log: false, unit: sayInCourse('unit.error') },
    },
  ],
  steps: {
    ask: {
      text: () => [say('ask.1'), say('ask.2')],
      figures: (scene) => [curvesFigure(runAt(scene, FEW), { top: 0.8, seen: 10, thin: true })],
    },
    predict: {
      text(scene) {
        const [few, some, many] = SIZES;
        return [say('predict.1', { networks: NETWORKS, few, some, many, floor: fixed(floorOf(scene)) })];
      },
      figures: (scene) => [promiseFigure(scene, false)],
    },
    train: {
      text: () => [say('train.1', { networks: NETWORKS, rulers: RULERS, few: SIZES[FEW] })],
      figures: (scene) => [curvesFigure(runAt(scene, FEW), { top: 0.8, thin: true })],
    },
    see: {
      text(scene) {
        const [few, many, one] = [runAt(scene, FEW), runAt(scene, MANY), runAt(scene, ONE)];
        const kept = keptByRulers(one, 1);
        return [
          say('see.1', {
            ...{ few: SIZES[FEW], low: sizeOfCost(promiseGap(few)) },
            ...{ many: SIZES[MANY], lowMany: sizeOfCost(promiseGap(many)) },
          }),
          say('see.2', {
            ...{ few: SIZES[FEW], cost: sizeOfCost(betweenRulers(few, many, 'truth')), rulers: RULERS },
            ...{ from: Math.min(...kept), to: Math.max(...kept) },
          }),
        ];
      },
      figures: both,
    },
    try: { text: () => [say('try.1', { rulers: RULERS })], figures: both },
  },
  answer,
  observation: {
    question: () => say('observe.question'),
    options: () => (['worse', 'apart', 'same'] as const).map((id) => ({ id, label: say(`observe.${id}`) })),
    right(scene) {
      const [few, many] = [runAt(scene, FEW), runAt(scene, MANY)];
      const truth = betweenRulers(few, many, 'truth');
      if (Math.abs(truth.value) <= 2 * truth.se!) return 'same';
      return betweenRulers(few, many, 'promise').value < 0 ? 'apart' : 'worse';
    },
    look: () => ({ figure: 'promise', from: 1, to: SIZES.length }),
  },
  try: {
    hands: ['run', 'replica'],
    settings: [{ path: 'data.validationSize', values: [5, 20, 50, 100, 200] }],
    of: FEW,
    begin: { run: 1, replica: 1 },
    tasks: [points, lucky],
  },
  transfer: {
    experiments: [200, 1000].map((size) => ({
      id: `clouds-${size}`,
      name: say('transfer.experiment', { points: size }),
      settings: {
        data: { source: 'gaussians', trainSize: 60, validationSize: size },
        training: { epochs: 80, optimizer: { name: 'adam', learningRate: 0.01 } },
      },
      seen: 0,
    })),
    question: say('transfer.question', { few: 200, many: 1000 }),
    options: (['lower', 'same', 'higher'] as const).map((id) => ({ id, label: say(`transfer.${id}`) })),
    right([few, many]) {
      const change = meanPromise(many!).value / meanPromise(few!).value - 1;
      return Math.abs(change) < 0.1 ? 'same' : change < 0 ? 'lower' : 'higher';
    },
    because([few, many]) {
      const [promise, promiseMany] = [fixed(meanPromise(few!).value), fixed(meanPromise(many!).value)];
      return say('transfer.because', { promise, promiseMany });
    },
  },
  finding(scene) {
    const run = runAt(scene, FEW);
    const [promise, truth] = [fixed(meanPromise(run).value), fixed(meanTruth(run).value)];
    const impossible = impossibleOf(run, floorOf(scene));
    return say('finding', { points: SIZES[FEW], promise, truth, impossible, networks: NETWORKS });
  },
  sketch: (scene) => ({
    areas: [],
    lines: (['promise', 'truth'] as const).map((key) => ({
      colour: key === 'promise' ? 'validation' : 'test',
      y: SIZES.map((_, i) => {
        const { value } = key === 'promise' ? meanPromise(runAt(scene, i)) : meanTruth(runAt(scene, i));
        return Number((value / 0.3).toFixed(3));
      }),
    })),
    flags: [],
  }),
};
