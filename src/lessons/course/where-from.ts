/**
 * @file Lesson: where the error comes from. Bias² falls, variance grows, and the best stop is not where they cross.
 * Long: a lesson is one file.
 */
import type texts from '../../words/messages/en/where-from.ts';
import { sayIn } from '../../words/messages/message.ts';
import { fixed, short } from '../../words/numbers.ts';
import type { CourseRun } from './course-run.ts';
import type { FigureFlag, FigureLine, LinesFigure } from './figure.ts';
import { epochsAxis, epochsOf, valueAxis } from './figures/axes.ts';
import { curvesFigure } from './figures/curves.ts';
import { errorFigure } from './figures/error.ts';
import { sketchAt, sketchError } from './figures/sketch.ts';
import { runAt, type CourseLesson, type LessonScene, type LessonTask } from './lesson.ts';
import type { Prediction } from './prediction.ts';
import { sayInCourse, sizeOfCost } from './say.ts';
import { hindsightOf, levelSpan, stopAnswer, stopFlags } from './stop-answer.ts';
import { triedWith } from './tried.ts';

const say = sayIn<typeof texts>('where-from');

const NETWORKS = 32;
const [POINTS, MORE, UNITS] = [30, 120, 2];
const EPOCHS = 600;
const SEEN = 10;
const FLAG = 'stop';
const TOP = 0.5;
const MOST_BIAS = 0.02;
const [BASE, WITH_MORE, NARROW] = [0, 1, 2];

const names = {
  base: say('experiment.base', { points: POINTS }),
  more: say('experiment.more', { points: MORE }),
  narrow: say('experiment.narrow', { units: UNITS }),
};

/** The first epoch, as trained, at which variance is not below bias²; null where it always is. */
export function crossing({ curves, length }: CourseRun): number | null {
  const { bias2, variance } = curves;
  for (let e = 0; e < length; e++) if (variance[e]! >= bias2[e]!) return e + 1;
  return null;
}

const lastOf = (run: CourseRun) => run.outcomeNow().last.decomposition!;

/** Lines of every run that is begun, told apart by their dashes and names. */
function termsFigure(scene: LessonScene, flags: readonly FigureFlag[], seen: number | null): LinesFigure {
  const base = runAt(scene, BASE);
  const runs = seen === null ? scene.runs : [base];
  const lines = runs.flatMap((run, i): FigureLine[] => {
    if (!run) return [];
    const line = (term: 'bias2' | 'variance'): FigureLine => ({
      id: `${term}-${i + 1}`,
      label: i === 0 ? sayInCourse(`line.${term}`) : [names.more, names.narrow][i - 1]!,
      colour: term,
      x: epochsOf(run),
      y: run.curves[term].subarray(0, run.length),
      dashed: i > 0,
    });
    return [line('bias2'), line('variance')];
  });
  return {
    ...{ kind: 'lines', id: 'terms', title: say('figure.terms'), note: say('note.terms', names) },
    x: epochsAxis(base),
    y: valueAxis(sayInCourse('axis.error'), 0, TOP),
    ...{ lines, levels: [], dots: [], coveredFrom: seen, flags, spans: [], bar: null },
  };
}

const halve: LessonTask = {
  id: 'halve',
  text: () => say('task.halve', { limit: short(MOST_BIAS) }),
  done(scene) {
    const half = lastOf(runAt(scene, BASE)).variance! / 2;
    return triedWith(scene, CHANGED).some((run) => {
      const { variance, bias2 } = lastOf(run);
      return variance! <= half && bias2! <= MOST_BIAS;
    });
  },
  status(scene) {
    const run = triedWith(scene, CHANGED).at(-1);
    if (!run) return sayInCourse('try.none');
    const { variance, bias2 } = lastOf(run);
    const half = fixed(lastOf(runAt(scene, BASE)).variance! / 2);
    return say('task.halve.status', { variance: fixed(variance!), half, bias2: fixed(bias2!) });
  },
};
const CHANGED = ['data.trainSize', 'model.hidden', 'training.l2'];

const cross: LessonTask = {
  id: 'cross',
  text: () => say('task.cross'),
  done: (scene) => {
    const at = crossing(runAt(scene, BASE));
    return at !== null && scene.hand.epoch === at - 1;
  },
  status(scene) {
    const { epoch } = scene.hand;
    if (epoch === null) return say('task.cross.none');
    const { bias2, variance } = runAt(scene, BASE).curves;
    const [b, v] = [fixed(bias2[epoch - 1]!), fixed(variance[epoch - 1]!)];
    return say('task.cross.status', { epoch, bias2: b, variance: v });
  },
};

function both(scene: LessonScene) {
  const run = runAt(scene, BASE);
  const flags = stopFlags(run, scene, FLAG);
  const { bar } = stopAnswer(run, scene, FLAG);
  return [termsFigure(scene, flags, null), errorFigure(run, { top: 1, flags, bar, spans: [levelSpan(run)] })];
}

const drawing = (id: 'bias2' | 'variance'): Prediction => ({
  ...{ kind: 'curve', id, ask: say(`predict.${id}`), figure: 'terms', colour: id },
  ...{ from: SEEN, to: EPOCHS, bottom: 0, top: TOP },
});

const settings = (changes: { trainSize?: number; hidden?: number[] }) => ({
  data: { trainSize: changes.trainSize ?? POINTS, validationSize: 30, noise: 0.7 },
  model: { initialScale: 0.3, ...(changes.hidden ? { hidden: changes.hidden } : {}) },
  training: { epochs: EPOCHS, optimizer: { name: 'adam', learningRate: 0.003, beta1: 0.5 } },
  stopping: { policy: { patience: 50, min_delta: 0 } },
});

export const whereFrom: CourseLesson = {
  id: 'where-from',
  minutes: 7,
  question: say('question'),
  experiments: [
    { id: 'base', name: names.base, settings: settings({}), seen: SEEN },
    { id: 'more', name: names.more, settings: settings({ trainSize: MORE }), seen: 0 },
    { id: 'narrow', name: names.narrow, settings: settings({ hidden: [UNITS] }), seen: 0 },
  ],
  predictions: [
    drawing('bias2'),
    drawing('variance'),
    { kind: 'flag', id: FLAG, ask: say('predict.flag'), figure: 'terms', from: 1, to: EPOCHS, parked: SEEN },
  ],
  steps: {
    ask: {
      text: () => [say('ask.1'), say('ask.2', { networks: NETWORKS })],
      figures: (scene) => [errorFigure(runAt(scene, BASE), { top: 1, seen: SEEN })],
    },
    predict: {
      text: () => [say('predict.1', { seen: SEEN, epochs: EPOCHS, points: POINTS })],
      figures: (scene) => [termsFigure(scene, stopFlags(undefined, scene, FLAG), SEEN)],
    },
    train: {
      text: () => [say('train.1', { base: names.base, more: names.more, units: UNITS })],
      figures: (scene) => [
        termsFigure(scene, stopFlags(undefined, scene, FLAG), null),
        curvesFigure(runAt(scene, BASE), { top: 1, test: true }),
      ],
    },
    see: {
      text(scene) {
        const [base, more, narrow] = [runAt(scene, BASE), runAt(scene, WITH_MORE), runAt(scene, NARROW)];
        const at = crossing(more)!;
        const cost = sizeOfCost(more.commonStop(at).stop.regret!);
        return [
          say('see.1', { more: names.more, cross: at, cost }),
          say('see.2', {
            varianceBase: fixed(lastOf(base).variance!, 2),
            varianceMore: fixed(lastOf(more).variance!, 2),
            units: UNITS,
            biasNarrow: fixed(lastOf(narrow).bias2!, 2),
          }),
        ];
      },
      figures: both,
    },
    try: { text: () => [say('try.1')], figures: both },
  },
  answer: (scene) => stopAnswer(runAt(scene, BASE), scene, FLAG),
  observation: {
    question: () => say('observe.question', { more: names.more }),
    options: () => (['before', 'at', 'after'] as const).map((id) => ({ id, label: say(`observe.${id}`) })),
    right(scene) {
      const run = runAt(scene, WITH_MORE);
      const at = crossing(run) ?? run.length;
      const { best } = hindsightOf(run);
      // As near as nobody could see apart.
      if (Math.abs(best - at) <= 0.025 * run.length) return 'at';
      return best < at ? 'before' : 'after';
    },
    look: (scene) => {
      const run = runAt(scene, WITH_MORE);
      const [at, { best }] = [crossing(run) ?? run.length, hindsightOf(run)];
      return { figure: 'terms', from: Math.min(at, best), to: Math.max(at, best) };
    },
  },
  try: {
    hands: ['epoch'],
    settings: [
      { path: 'data.trainSize', values: [30, 60, 120] },
      { path: 'model.hidden', values: [[2], [4], [24, 24]] },
      { path: 'training.l2', values: [0, 0.003, 0.01, 0.03] },
    ],
    of: BASE,
    begin: {},
    tasks: [halve, cross],
  },
  transfer: {
    experiments: [
      {
        id: 'chirp',
        name: say('transfer.experiment', { units: 3 }),
        settings: {
          data: { source: 'chirp', trainSize: 60, validationSize: 60, noise: 0.2 },
          model: { initialScale: 0.3, hidden: [3] },
          training: { epochs: 300, optimizer: { name: 'adam', learningRate: 0.01 } },
        },
        seen: 0,
      },
    ],
    question: say('transfer.question', { units: 3, points: 60, epochs: 300 }),
    options: (['bias2', 'variance', 'both'] as const).map((id) => ({ id, label: say(`transfer.${id}`) })),
    right([run]) {
      const { bias2, variance } = lastOf(run!);
      return bias2! > 2 * variance! ? 'bias2' : variance! > 2 * bias2! ? 'variance' : 'both';
    },
    because([run]) {
      const { bias2, variance } = lastOf(run!);
      return say('transfer.because', { bias2: fixed(bias2!), variance: fixed(variance!) });
    },
  },
  finding(scene) {
    const [base, more] = [runAt(scene, BASE), runAt(scene, WITH_MORE)];
    const times = fixed(lastOf(base).variance! / lastOf(more).variance!, 0);
    return say('finding', { cross: crossing(base)!, best: hindsightOf(base).best, times });
  },
  sketch(scene) {
    const run = runAt(scene, BASE);
    const flags = [{ kind: 'best' as const, x: sketchAt(run, hindsightOf(run).best) }];
    return { areas: sketchError(run, 1), lines: [], flags };
  },
};
