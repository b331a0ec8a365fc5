/** @file Lesson: why stop at all. Training goes on making the training error smaller, and the network worse. */
import type texts from '../../words/messages/en/when-to-stop.ts';
import { sayIn } from '../../words/messages/message.ts';
import { fixed, short } from '../../words/numbers.ts';
import type { CourseRun } from './course-run.ts';
import { curvesFigure, noiseOf } from './figures/curves.ts';
import { errorFigure } from './figures/error.ts';
import { fitFigure } from './figures/fit.ts';
import { sketchAt, sketchError } from './figures/sketch.ts';
import { runAt, type CourseLesson, type LessonScene, type LessonTask } from './lesson.ts';
import { signedCost, sizeOfCost } from './say.ts';
import { hindsightOf, levelSpan, stopAnswer, stopFlags } from './stop-answer.ts';
import { triedWith } from './tried.ts';
import { turnObservation } from './turn-observation.ts';

const say = sayIn<typeof texts>('when-to-stop');

const POINTS = 30;
const NETWORKS = 32;
const EPOCHS = 400;
const SEEN = 10;
const FLAG = 'stop';
const TOP = 2;
/** Going on is said not to hurt any more where it costs at most this. */
const LIMIT = 0.02;

const training = { epochs: EPOCHS, optimizer: { name: 'adam', learningRate: 0.005 } };
const stopping = { policy: { patience: 50, min_delta: 0 } };

/** Networks that end worse than they were at the best common stop. */
function endedWorse(run: CourseRun): number {
  const last = run.errorsAfter(run.length);
  return run.errorsAfter(hindsightOf(run).best).filter((error, r) => last[r]! > error).length;
}

function both(scene: LessonScene) {
  const run = runAt(scene, 0);
  const flags = stopFlags(run, scene, FLAG);
  const { bar } = stopAnswer(run, scene, FLAG);
  return [
    curvesFigure(run, { top: TOP, flags, thin: true }),
    errorFigure(run, { top: TOP, flags, bar, spans: [levelSpan(run)] }),
  ];
}

const heart: LessonTask = {
  id: 'heart',
  text: () => say('task.heart'),
  done: (scene) => scene.hand.epoch === firstBelowNoise(runAt(scene, 0)),
  status(scene) {
    const { epoch } = scene.hand;
    if (epoch === null) return say('task.heart.none');
    const run = runAt(scene, 0);
    return say('task.heart.status', {
      epoch,
      train: fixed(run.curves.trainLoss[epoch - 1]!),
      noise: fixed(noiseOf(run)),
    });
  },
};

/** As trained; 0 where the training error stays above. */
function firstBelowNoise(run: CourseRun): number {
  const { trainLoss } = run.curves;
  return trainLoss.subarray(0, run.length).findIndex((loss) => loss < noiseOf(run)) + 1;
}

const data: LessonTask = {
  id: 'data',
  text: () => say('task.data', { limit: short(LIMIT) }),
  done: (scene) => triedWith(scene, ['data.trainSize']).some((run) => hindsightOf(run).last.regret!.value <= LIMIT),
  status(scene) {
    const run = triedWith(scene, ['data.trainSize']).at(-1);
    if (!run) return say('task.none');
    const cost = signedCost(hindsightOf(run).last.regret!);
    return say('task.data.status', { points: run.experiment.data.trainSize, cost });
  },
};

const noise: LessonTask = {
  id: 'noise',
  text: () => say('task.noise'),
  done: (scene) => triedWith(scene, ['data.noise']).some((run) => hindsightOf(run).best > 0.75 * run.length),
  status(scene) {
    const run = triedWith(scene, ['data.noise']).at(-1);
    if (!run) return say('task.none');
    const best = hindsightOf(run).best;
    return say('task.noise.status', { noise: short(run.experiment.data.noise), best, epochs: run.length });
  },
};

export const whyStop: CourseLesson = {
  id: 'when-to-stop',
  minutes: 6,
  question: say('question'),
  experiments: [
    {
      id: 'noisy',
      name: say('experiment', { points: POINTS }),
      settings: { data: { trainSize: POINTS, validationSize: POINTS, noise: 1 }, training, stopping },
      seen: SEEN,
    },
  ],
  predictions: [
    {
      kind: 'curve',
      id: 'drawing',
      ask: say('predict.draw'),
      figure: 'curves',
      colour: 'validation',
      from: SEEN,
      to: EPOCHS,
      bottom: 0,
      top: TOP,
    },
    { kind: 'flag', id: FLAG, ask: say('predict.flag'), figure: 'curves', from: 1, to: EPOCHS, parked: SEEN },
  ],
  steps: {
    ask: {
      text: () => [say('ask.1', { points: POINTS }), say('ask.2', { networks: NETWORKS, points: POINTS })],
      figures: (scene) => [
        fitFigure(runAt(scene, 0), { x: [0, 1], y: [-4, 4], replica: scene.hand.replica, epoch: 1 }),
      ],
    },
    predict: {
      text: () => [say('predict.1', { seen: SEEN, epochs: EPOCHS, networks: NETWORKS, points: POINTS })],
      figures: (scene) => [
        curvesFigure(runAt(scene, 0), { top: TOP, seen: SEEN, flags: stopFlags(undefined, scene, FLAG) }),
      ],
    },
    train: {
      text: () => [say('train.1')],
      figures: (scene) => [
        curvesFigure(runAt(scene, 0), { top: TOP, thin: true, flags: stopFlags(undefined, scene, FLAG) }),
      ],
    },
    see: {
      text(scene) {
        const run = runAt(scene, 0);
        const { best, from, to } = hindsightOf(run);
        const train = fixed(run.curves.trainLoss[run.length - 1]!, 2);
        return [say('see.1', { train, noise: fixed(noiseOf(run), 2) }), say('see.2', { best, from, to })];
      },
      figures: both,
    },
    try: { text: () => [say('try.1', { networks: NETWORKS })], figures: both },
  },
  answer: (scene) => stopAnswer(runAt(scene, 0), scene, FLAG),
  observation: turnObservation({ question: say('observe.question'), flag: FLAG, figure: 'curves' }),
  try: {
    hands: ['epoch'],
    settings: [
      { path: 'data.trainSize', values: [30, 60, 120, 300] },
      { path: 'data.noise', values: [0.1, 0.2, 0.5, 1] },
    ],
    of: 0,
    begin: {},
    tasks: [heart, data, noise],
  },
  transfer: {
    experiments: [
      {
        id: 'cubic',
        name: say('transfer.experiment'),
        settings: { data: { source: 'cubic', trainSize: 60, validationSize: 60, noise: 0.2 }, training, stopping },
        seen: 0,
      },
    ],
    question: say('transfer.question', { points: 60, epochs: EPOCHS }),
    options: (['much', 'some', 'little'] as const).map((id) => ({ id, label: say(`transfer.${id}`) })),
    right([run]) {
      const share = costShare(run!);
      return share >= 0.2 ? 'much' : share <= 0.05 ? 'little' : 'some';
    },
    because([run]) {
      const { last, best } = run!.outcomeNow();
      return say('transfer.because', { cost: signedCost(last.regret!), error: fixed(best.decomposition!.error) });
    },
  },
  finding(scene) {
    const run = runAt(scene, 0);
    const { best, last } = hindsightOf(run);
    const cost = sizeOfCost(last.regret!);
    return say('finding', { best, epochs: run.length, cost, worse: endedWorse(run), networks: NETWORKS });
  },
  sketch(scene) {
    const run = runAt(scene, 0);
    return {
      areas: sketchError(run, 1.6),
      lines: [],
      flags: [{ kind: 'best', x: sketchAt(run, hindsightOf(run).best) }],
    };
  },
};

/** What going on to the end costs, as a share of the least error. */
function costShare(run: CourseRun): number {
  const { last, best } = run.outcomeNow();
  return last.regret!.value / best.decomposition!.error;
}
