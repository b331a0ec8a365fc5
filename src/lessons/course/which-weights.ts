/**
 * @file Lesson: the weights in hand when a rule stops are those of a bad epoch; the best ones have to be restored.
 * Long: a lesson is one file.
 */
import type texts from '../../words/messages/en/which-weights.ts';
import { sayIn } from '../../words/messages/message.ts';
import { fixed, plusMinus, short } from '../../words/numbers.ts';
import type { CourseRun } from './course-run.ts';
import type { BarsFigure, FigureBar, FigureFlag } from './figure.ts';
import { valueAxis } from './figures/axes.ts';
import { curvesFigure, noiseOf } from './figures/curves.ts';
import { networkFigure } from './figures/network.ts';
import { patienceFigure } from './figures/patience.ts';
import { sketchLine } from './figures/sketch.ts';
import { runAt, type CourseAnswer, type CourseLesson, type LessonScene, type LessonTask } from './lesson.ts';
import { missOf, unpredicted } from './miss.ts';
import { costOfLast, MOST_PATIENCE, patienceRow } from './patiences.ts';
import { guessOf } from './prediction.ts';
import { sayInCourse, signedCost, sizeOfCost } from './say.ts';

const say = sayIn<typeof texts>('which-weights');

const NETWORKS = 32;
const SEEN = 40;
const FEW = 3;
const MUCH = 50;
const LIMIT = 0.02;
const GUESS = 'last';
const [BOTTOM, TOP] = [0.1, 0.6];

const keptBy = (run: CourseRun, patience: number, restore: boolean) =>
  run.withPatience(patience, { restore_best_weights: restore }).stop.decomposition!;

function weightsFigure(run: CourseRun, known: boolean): BarsFigure {
  const bar = (restore: boolean): FigureBar => {
    const { error, errorSe } = keptBy(run, FEW, restore);
    const label = say(restore ? 'bar.best' : 'bar.last');
    return { label, colour: restore ? 'test' : 'ink', value: restore || known ? error : NaN, se: errorSe };
  };
  return {
    kind: 'bars',
    id: 'weights',
    title: sayInCourse('figure.weights'),
    note: sayInCourse('note.patience', { networks: NETWORKS }),
    y: valueAxis(sayInCourse('axis.error'), 0, TOP),
    groups: [{ label: say('bars.rule', { patience: FEW }), bars: [bar(true), bar(false)] }],
    levels: [{ label: sayInCourse('line.noise'), colour: 'noise', y: noiseOf(run) }],
  };
}

function answer(scene: LessonScene): CourseAnswer {
  const run = runAt(scene, 0);
  const row = patienceRow(run, FEW);
  const { errorSe } = keptBy(run, FEW, false);
  const told = {
    ...{ patience: FEW, last: plusMinus(row.lastError, errorSe), best: fixed(row.restoredError) },
    cost: sizeOfCost(costOfLast(row)),
  };
  const base = { truth: `error ${fixed(row.lastError)}`, grade: null, bar: null };
  const guess = guessOf(scene.guesses, GUESS, 'number');
  if (!guess) return unpredicted(base.truth, [say('reveal.none', told)]);
  const you = fixed(guess.value);
  const estimate = missOf(guess.value, { value: row.lastError, se: errorSe });
  return {
    ...base,
    said: `error ${you}`,
    cost: { unit: 'error', estimate },
    reveal: [say('reveal', { ...told, you })],
    summary: sayInCourse('miss.summary', { miss: sizeOfCost(estimate) }),
  };
}

/** The network whose last weights are worst beside its best ones, from 1. */
function worstNetwork(run: CourseRun): number {
  const { last, restored } = patienceRow(run, FEW);
  const loses = last.map((error, r) => error - restored[r]!);
  return loses.indexOf(Math.max(...loses.filter(Number.isFinite))) + 1;
}

const ruleFlag = ({ hand }: LessonScene): FigureFlag => ({
  ...{ kind: 'rule', x: hand.patience, label: sayInCourse('flag.rule', { patience: hand.patience }) },
});

function both(scene: LessonScene) {
  const run = runAt(scene, 0);
  const { patience, replica, restore } = scene.hand;
  const outcome = run.withPatience(patience, { restore_best_weights: restore });
  return [
    patienceFigure(run, { bottom: BOTTOM, top: TOP, flags: [ruleFlag(scene)] }),
    networkFigure(run, { replica, top: TOP, outcome }),
  ];
}

const gap: LessonTask = {
  id: 'gap',
  text: () => say('task.gap', { limit: short(LIMIT) }),
  done(scene) {
    const run = runAt(scene, 0);
    const costs = (patience: number) => costOfLast(patienceRow(run, patience)).value;
    const { patience } = scene.hand;
    if (!(costs(patience) <= LIMIT)) return false;
    return Array.from({ length: patience - 1 }, (_, i) => i + 1).every((fewer) => costs(fewer) > LIMIT);
  },
  status(scene) {
    const { patience } = scene.hand;
    const cost = signedCost(costOfLast(patienceRow(runAt(scene, 0), patience)));
    return say('task.gap.status', { patience, cost });
  },
};

const without: LessonTask = {
  id: 'without',
  text: () => say('task.without', { few: FEW }),
  done(scene) {
    const run = runAt(scene, 0);
    const { patience, restore } = scene.hand;
    return !restore && patienceRow(run, patience).lastError <= patienceRow(run, FEW).restoredError;
  },
  status(scene) {
    const run = runAt(scene, 0);
    const { patience, restore } = scene.hand;
    const { error } = keptBy(run, patience, restore);
    const reach = fixed(patienceRow(run, FEW).restoredError);
    const kept = say(restore ? 'kept.best' : 'kept.last');
    return say('task.without.status', { patience, kept, error: fixed(error), reach });
  },
};

const luck: LessonTask = {
  id: 'luck',
  text: () => say('task.luck', { patience: FEW }),
  done(scene) {
    const { last, restored } = patienceRow(runAt(scene, 0), FEW);
    const r = scene.hand.replica - 1;
    return scene.hand.patience === FEW && last[r]! < restored[r]!;
  },
  status(scene) {
    const { patience, replica } = scene.hand;
    const { last, restored } = patienceRow(runAt(scene, 0), patience);
    const [inHand, best] = [fixed(last[replica - 1]!), fixed(restored[replica - 1]!)];
    return say('task.luck.status', { replica, patience, last: inHand, best });
  },
};

const stopping = { policy: { patience: FEW, min_delta: 0 } };

export const whichWeights: CourseLesson = {
  id: 'which-weights',
  minutes: 5,
  question: say('question'),
  experiments: [{ id: 'default', name: say('experiment', { patience: FEW }), settings: { stopping }, seen: SEEN }],
  predictions: [
    {
      kind: 'number',
      id: GUESS,
      ask: say('predict.number'),
      figure: 'weights',
      from: 0,
      to: TOP,
      step: 0.005,
      log: false,
      unit: sayInCourse('unit.error'),
      along: 'y',
    },
  ],
  steps: {
    ask: {
      text: () => [say('ask.1', { patience: FEW }), say('ask.2')],
      figures(scene) {
        const run = runAt(scene, 0);
        return [networkFigure(run, { replica: scene.hand.replica, top: TOP, seen: SEEN, outcome: null })];
      },
    },
    predict: {
      text(scene) {
        const best = fixed(keptBy(runAt(scene, 0), FEW, true).error);
        return [say('predict.1', { networks: NETWORKS, seen: SEEN, patience: FEW, best })];
      },
      figures: (scene) => [weightsFigure(runAt(scene, 0), false)],
    },
    train: {
      text: () => [say('train.1')],
      figures: (scene) => [curvesFigure(runAt(scene, 0), { top: TOP, thin: true })],
    },
    see: {
      text(scene) {
        const run = runAt(scene, 0);
        const little = signedCost(costOfLast(patienceRow(run, MUCH)));
        return [say('see.1', { patience: FEW, replica: worstNetwork(run) }), say('see.2', { much: MUCH, little })];
      },
      figures: both,
    },
    try: { text: () => [say('try.1')], figures: both },
  },
  answer,
  observation: {
    question: () => say('observe.question'),
    options: () => (['shrinks', 'stays', 'grows'] as const).map((id) => ({ id, label: say(`observe.${id}`) })),
    right(scene) {
      const run = runAt(scene, 0);
      const share = costOfLast(patienceRow(run, MUCH)).value / costOfLast(patienceRow(run, FEW)).value;
      return share < 0.5 ? 'shrinks' : share > 1.5 ? 'grows' : 'stays';
    },
    look: () => ({ figure: 'patience', from: FEW, to: MUCH }),
  },
  try: {
    hands: ['patience', 'restore', 'replica'],
    patience: { from: 1, to: MOST_PATIENCE },
    settings: [],
    of: 0,
    begin: { patience: FEW },
    tasks: [gap, without, luck],
  },
  transfer: {
    experiments: [
      {
        id: 'clouds',
        name: say('transfer.experiment'),
        settings: {
          data: { source: 'gaussians', trainSize: 100, validationSize: 100 },
          training: { epochs: 200 },
          stopping,
        },
        seen: 0,
      },
    ],
    question: say('transfer.question', { points: 100, patience: FEW }),
    options: (['much', 'some', 'smaller'] as const).map((id) => ({ id, label: say(`transfer.${id}`) })),
    right([run]) {
      const row = patienceRow(run!, FEW);
      const share = costOfLast(row).value / row.restoredError;
      return share < 0 ? 'smaller' : share >= 0.2 ? 'much' : 'some';
    },
    because([run]) {
      const row = patienceRow(run!, FEW);
      return say('transfer.because', { cost: signedCost(costOfLast(row)), error: fixed(row.restoredError) });
    },
  },
  finding(scene) {
    const row = patienceRow(runAt(scene, 0), FEW);
    return say('finding', { patience: FEW, last: fixed(row.lastError), best: fixed(row.restoredError) });
  },
  sketch(scene) {
    const even = Array.from({ length: 40 }, (_, i) => patienceRow(runAt(scene, 0), MOST_PATIENCE ** (i / 39)));
    return {
      areas: [],
      lines: [
        {
          colour: 'ink',
          y: sketchLine(
            even.map((row) => row.lastError),
            TOP,
            BOTTOM,
          ),
        },
        {
          colour: 'test',
          y: sketchLine(
            even.map((row) => row.restoredError),
            TOP,
            BOTTOM,
          ),
        },
      ],
      flags: [],
    };
  },
};
