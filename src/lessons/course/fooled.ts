/**
 * @file Lesson: patience is fooled by a plateau, by a learning rate that drops, and by double descent.
 * Long: a lesson is one file.
 */
import { paired, type Estimate } from '../../decomposition/estimate.ts';
import type texts from '../../words/messages/en/fooled.ts';
import { sayIn } from '../../words/messages/message.ts';
import { fixed, short } from '../../words/numbers.ts';
import { oncePerRun, type CourseRun } from './course-run.ts';
import type { FigureColour, FigureLine, LinesFigure } from './figure.ts';
import { epochsAxis, epochsOf, valueAxis } from './figures/axes.ts';
import { curvesFigure } from './figures/curves.ts';
import { sketchLine } from './figures/sketch.ts';
import { runAt, type CourseAnswer, type CourseLesson, type LessonScene, type LessonTask } from './lesson.ts';
import { unpredicted } from './miss.ts';
import { guessOf } from './prediction.ts';
import { sayInCourse, signedCost, sizeOfCost } from './say.ts';
import { hindsightOf, stopAnswer, stopFlags } from './stop-answer.ts';

const say = sayIn<typeof texts>('fooled');

const NETWORKS = 32;
const POINTS = 100;
const EPOCHS = 400;
const SEEN = 40;
const [PATIENCE, MOST] = [10, 120];
const [PLATEAU_LIMIT, DROP_LIMIT] = [0.165, 0.07];
const [PLATEAU, DROP, DESCENT] = [0, 1, 2];
const COLOURS: readonly FigureColour[] = ['run-1', 'run-2', 'run-3'];
const NAMES = [say('experiment.plateau'), say('experiment.drop'), say('experiment.descent')];
const TOP = 1;
const FLAG = 'best';
const CHOICE = 'pause';

/** What it costs to keep the epoch of the pause. */
const pauseCost = (run: CourseRun): Estimate => run.commonStop(SEEN).stop.regret!;

function answer(scene: LessonScene): CourseAnswer {
  const run = runAt(scene, PLATEAU);
  const { best } = hindsightOf(run);
  const atPause = pauseCost(run);
  const told = { seen: SEEN, cost: sizeOfCost(atPause), best };
  const option = guessOf(scene.guesses, CHOICE, 'choice')?.option;
  if (option === undefined) return unpredicted(`stop ${best}`, [say('reveal.none', told)]);
  const said = say(option === 'stop' ? 'option.stop' : 'option.go');
  const reveal = [say('reveal.choice', { ...told, you: said })];
  const flagged = stopAnswer(run, scene, FLAG);
  if (option === 'stop' || flagged.said === null) {
    const estimate = option === 'stop' ? atPause : { value: 0, se: null };
    return {
      ...{ said: option === 'stop' ? `stop ${SEEN}` : 'go on', truth: `stop ${best}`, grade: null, bar: null },
      cost: { unit: 'error', estimate },
      reveal,
      summary: say('summary', { cost: option === 'stop' ? sizeOfCost(estimate) : '0' }),
    };
  }
  return { ...flagged, reveal: [...reveal, ...flagged.reveal] };
}

/** The first lowest error, the peak after it, and the lowest after the peak: of the mean, as epochs trained. */
export const descentOf = oncePerRun((run) => {
  const { error } = run.curves;
  // The peak is the highest of what has the first lowest before it and the end after it.
  let first = 0;
  let peak = 0;
  let lowest = 0;
  for (let e = 1; e < run.length; e++) {
    if (error[e]! < error[lowest]! && peak === 0) lowest = e;
    if (error[e]! > error[lowest]! && error[e]! - error[lowest]! > (peak ? error[peak]! - error[first]! : 0.05)) {
      [first, peak] = [lowest, e];
    }
  }
  return { first: first + 1, peak: peak + 1, end: run.length };
});

function errorsFigure(scene: LessonScene): LinesFigure {
  const base = runAt(scene, DESCENT);
  const { peak, first } = descentOf(base);
  const lines = scene.runs.flatMap((run, i): FigureLine[] => {
    if (!run || i === PLATEAU) return [];
    const y = run.curves.error.subarray(0, run.length);
    return [{ id: `error-${i}`, label: NAMES[i]!, colour: COLOURS[i]!, x: epochsOf(run), y }];
  });
  return {
    ...{ kind: 'lines', id: 'errors', title: sayInCourse('figure.runs'), note: null },
    x: epochsAxis(base),
    y: valueAxis(sayInCourse('axis.error'), 0, 2),
    ...{ lines, levels: [], dots: [], coveredFrom: null, flags: [], bar: null },
    spans: [{ from: first, to: peak, label: sayInCourse('count.epochs', { n: peak - first }) }],
  };
}

const both = (scene: LessonScene) => {
  const run = runAt(scene, PLATEAU);
  return [curvesFigure(run, { top: TOP, test: true, flags: stopFlags(run, scene, FLAG) }), errorsFigure(scene)];
};

const errorWith = (run: CourseRun, patience: number) => run.withPatience(patience).stop.decomposition!.error;

function patienceTask(id: 'plateau' | 'drop', i: number, limit: number): LessonTask {
  return {
    id,
    text: () => (id === 'plateau' ? say('task.plateau', { most: MOST, limit }) : say('task.drop', { limit })),
    done({ hand, ...scene }) {
      if (hand.run !== i + 1 || (id === 'plateau' && hand.patience > MOST)) return false;
      return errorWith(runAt({ ...scene, hand }, i), hand.patience) <= limit;
    },
    status(scene) {
      const { patience, run } = scene.hand;
      const error = fixed(errorWith(runAt(scene, run - 1), patience));
      return say('task.status', { name: NAMES[run - 1]!, patience, error });
    },
  };
}

const stopping = { policy: { patience: PATIENCE, min_delta: 0 } };

export const whenFooled: CourseLesson = {
  id: 'fooled',
  minutes: 7,
  question: say('question'),
  experiments: [
    {
      id: 'plateau',
      name: NAMES[PLATEAU]!,
      settings: {
        data: { source: 'xor', noise: 0.25, trainSize: POINTS, validationSize: POINTS },
        model: { hidden: [24, 24], initialScale: 0.3, inputScale: 1 },
        training: { epochs: EPOCHS, optimizer: { name: 'adam', learningRate: 0.003 } },
        stopping,
      },
      seen: SEEN,
    },
    {
      id: 'drop',
      name: NAMES[DROP]!,
      settings: {
        data: { source: 'cubic', trainSize: POINTS, validationSize: POINTS, noise: 0.2 },
        training: {
          ...{ epochs: 120, batchSize: 5, optimizer: { name: 'adam', learningRate: 0.03 } },
          schedule: { name: 'step', factor: 0.05, every: 60 },
        },
        stopping,
      },
      seen: 0,
    },
    {
      id: 'descent',
      name: NAMES[DESCENT]!,
      settings: {
        data: { source: 'two-speeds', trainSize: 16, validationSize: 100 },
        replicas: { count: 64 },
        model: { hidden: [], initialScale: 0 },
        training: { epochs: 800, optimizer: { name: 'nesterov', learningRate: 0.03, momentum: 0.9 } },
        stopping: { policy: { patience: 20, min_delta: 0 } },
      },
      seen: 0,
    },
  ],
  predictions: [
    {
      ...{ kind: 'choice', id: CHOICE, ask: say('predict.choice'), figure: 'curves' },
      options: (['stop', 'go'] as const).map((id) => ({ id, label: say(`option.${id}`) })),
    },
    { kind: 'flag', id: FLAG, ask: say('predict.flag'), figure: 'curves', from: 1, to: EPOCHS, parked: SEEN },
  ],
  steps: {
    ask: {
      text: () => [say('ask.1'), say('ask.2', { networks: NETWORKS, points: POINTS })],
      figures: (scene) => [curvesFigure(runAt(scene, PLATEAU), { top: TOP, seen: SEEN })],
    },
    predict: {
      text: () => [say('predict.1', { seen: SEEN, epochs: EPOCHS })],
      figures(scene) {
        const run = runAt(scene, PLATEAU);
        return [curvesFigure(run, { top: TOP, seen: SEEN, flags: stopFlags(undefined, scene, FLAG) })];
      },
    },
    train: {
      text: () => [say('train.1')],
      figures: (scene) => [curvesFigure(runAt(scene, PLATEAU), { top: TOP, thin: true })],
    },
    see: {
      text(scene) {
        const [plateau, drop, descent] = [runAt(scene, PLATEAU), runAt(scene, DROP), runAt(scene, DESCENT)];
        const { peak } = descentOf(descent);
        return [
          say('see.1', {
            ...{ few: PATIENCE, cost: sizeOfCost(plateau.outcomeNow().stop.regret!) },
            dropCost: sizeOfCost(drop.outcomeNow().costOfGoingOn!),
          }),
          say('see.2', { peak: fixed(descent.curves.error[peak - 1]!, 2), peakEpoch: peak }),
        ];
      },
      figures: both,
    },
    try: { text: () => [say('try.1')], figures: both },
  },
  answer,
  observation: {
    question: () => say('observe.question'),
    options: () => (['falls', 'level', 'rises'] as const).map((id) => ({ id, label: say(`observe.${id}`) })),
    right(scene) {
      const { validationLoss } = runAt(scene, PLATEAU).curves;
      const least = (from: number, to: number) => Math.min(...validationLoss.subarray(from, to));
      const change = least(SEEN, EPOCHS) - least(0, SEEN);
      return change < -0.02 ? 'falls' : change > 0.02 ? 'rises' : 'level';
    },
    look: () => ({ figure: 'curves', from: SEEN, to: EPOCHS }),
  },
  try: {
    hands: ['run', 'patience'],
    patience: { from: 1, to: 200 },
    settings: [],
    of: PLATEAU,
    begin: { run: 1, patience: PATIENCE },
    tasks: [patienceTask('plateau', PLATEAU, PLATEAU_LIMIT), patienceTask('drop', DROP, DROP_LIMIT)],
  },
  transfer: {
    experiments: [
      {
        id: 'cosine',
        name: say('transfer.experiment'),
        settings: {
          data: { trainSize: 60, validationSize: 60, noise: 0.5 },
          training: {
            ...{ epochs: 150, batchSize: 5, optimizer: { name: 'adam', learningRate: 0.02 } },
            schedule: { name: 'cosine', floor: 0 },
          },
          stopping,
        },
        seen: 0,
      },
    ],
    question: say('transfer.question', { epochs: 150, patience: PATIENCE }),
    options: (['stop', 'end', 'level'] as const).map((id) => ({ id, label: say(`transfer.${id}`) })),
    right([run]) {
      const { value, se } = run!.outcomeNow().costOfGoingOn!;
      return Math.abs(value) <= 2 * se! ? 'level' : value > 0 ? 'stop' : 'end';
    },
    because([run]) {
      const { costOfGoingOn, stop } = run!.outcomeNow();
      const error = fixed(stop.decomposition!.error);
      return say('transfer.because', { cost: signedCost(costOfGoingOn!), error });
    },
  },
  finding(scene) {
    const run = runAt(scene, PLATEAU);
    const stop = short(Math.round(run.outcomeNow().meanStop));
    return say('finding', { patience: PATIENCE, stop, best: hindsightOf(run).best });
  },
  sketch: (scene) => ({
    areas: [],
    lines: [{ colour: 'validation', y: sketchLine(runAt(scene, PLATEAU).curves.validationLoss, TOP) }],
    flags: [],
  }),
};

/** The error after one number of epochs above that after another, paired over the networks. */
export const errorBetween = (run: CourseRun, epochs: number, other: number): Estimate =>
  paired(run.errorsAfter(epochs), run.errorsAfter(other))!;
