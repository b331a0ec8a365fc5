/**
 * @file Lesson: how much patience. Too little ends in the bumps of the curve, more and more only costs epochs.
 * Long: a lesson is one file.
 */
import { paired, type Estimate } from '../../decomposition/estimate.ts';
import { Hindsight } from '../../stopping/false-stops.ts';
import { improves } from '../../stopping/keras.ts';
import type texts from '../../words/messages/en/how-much-patience.ts';
import { sayIn } from '../../words/messages/message.ts';
import { fixed, short } from '../../words/numbers.ts';
import type { CourseRun } from './course-run.ts';
import { curvesFigure } from './figures/curves.ts';
import { billFigure, patienceAxis, patienceFigure } from './figures/patience.ts';
import { sketchLine } from './figures/sketch.ts';
import type { CostBar, FigureFlag } from './figure.ts';
import { runAt, type CourseAnswer, type CourseLesson, type LessonScene, type LessonTask } from './lesson.ts';
import { unpredicted } from './miss.ts';
import { costOver, MOST_PATIENCE, patienceRow, patienceRows, type PatienceRow } from './patiences.ts';
import { guessOf } from './prediction.ts';
import { sayInCourse, signedCost, sizeOfCost } from './say.ts';

const say = sayIn<typeof texts>('how-much-patience');

const NETWORKS = 32;
const BATCH = 5;
const EPOCHS = 300;
const [FEW, ENOUGH, MUCH] = [3, 30, 100];
/** An error of this much is worth 100 epochs. */
const PRICE = 0.005;
const PER_EPOCHS = 100;
const LIMIT = 0.005;
const GUESS = 'patience';
const BOTTOM = 0.1;
const TOP = 0.3;

/** `[R]`: the error with what the epochs are worth added. */
const priced = (row: PatienceRow, epochs: ArrayLike<number>) =>
  row.restored.map((error, r) => error + (PRICE * epochs[r]!) / PER_EPOCHS);
const epochsTrained = (run: CourseRun, patience: number) =>
  run.withPatience(patience).replays.map(({ stop }) => stop + 1);
const pricedAt = (run: CourseRun, row: PatienceRow) => priced(row, epochsTrained(run, row.patience));

function bargain(run: CourseRun): PatienceRow {
  const mean = (row: PatienceRow) => row.restoredError + (PRICE * row.epochs) / PER_EPOCHS;
  return patienceRows(run).reduce((best, row) => (mean(row) < mean(best) ? row : best));
}

function answer(scene: LessonScene): CourseAnswer {
  const run = runAt(scene, 0);
  const best = bargain(run);
  const base = { truth: `patience ${best.patience}`, grade: null };
  const guess = guessOf(scene.guesses, GUESS, 'number');
  if (!guess) {
    const { patience, restoredError, epochs } = best;
    const said = { best: patience, error: fixed(restoredError), epochs: Math.round(epochs) };
    return unpredicted(base.truth, [say('reveal.none', said)]);
  }
  const row = patienceRow(run, guess.value);
  const exact = row === best;
  const estimate: Estimate = exact ? { value: 0, se: null } : paired(pricedAt(run, row), pricedAt(run, best))!;
  const told = { you: row.patience, error: fixed(row.restoredError), epochs: Math.round(row.epochs) };
  const apart = estimate.se !== null && Math.abs(estimate.value) > estimate.se;
  const cost = exact ? '0' : apart ? sizeOfCost(estimate) : signedCost(estimate);
  const more = { ...told, best: best.patience, cost };
  return {
    ...base,
    said: `patience ${row.patience}`,
    cost: { unit: 'error', estimate },
    reveal: [exact ? say('reveal.exact', told) : apart ? say('reveal', more) : say('reveal.level', more)],
    summary: say('summary', { cost }),
    bar: exact ? null : barOf(row, best, cost),
  };
}

const barOf = (row: PatienceRow, best: PatienceRow, cost: string): CostBar => ({
  x: row.patience,
  from: best.restoredError,
  to: row.restoredError,
  label: sayInCourse('bar.costs', { cost }),
});

function flagsOf(run: CourseRun | null, { guesses, hand }: LessonScene, rule = false): FigureFlag[] {
  const guess = guessOf(guesses, GUESS, 'number');
  const flags: FigureFlag[] = [];
  if (guess) {
    const you = Math.round(guess.value);
    flags.push({ kind: 'you', x: you, label: sayInCourse('flag.you-patience', { patience: you }) });
  }
  if (run) {
    const { patience } = bargain(run);
    flags.push({ kind: 'best', x: patience, label: sayInCourse('flag.best-patience', { patience }) });
  }
  if (rule) {
    const { patience } = hand;
    flags.push({ kind: 'rule', x: patience, label: sayInCourse('flag.rule', { patience }) });
  }
  return flags;
}

const falseCount = (row: PatienceRow) => Math.round(row.falseShare * NETWORKS);

/** Whether the stop of a replica (from 1) at a patience is false, and what it loses against the most patience. */
function stopOf(run: CourseRun, patience: number, replica: number) {
  const r = replica - 1;
  const { epochs } = run.tape.shape;
  const losses = run.tape.validationLoss.subarray(r * epochs, r * epochs + run.length);
  const { stop, best, fired } = run.withPatience(patience).replays[r]!;
  const better = (value: number, than: number, sign: 1 | -1) => improves(value, than, sign, 0);
  const isFalse = fired && new Hindsight(losses, 1).isFalse(stop, best, null, better);
  const error = (p: number) => run.withPatience(p).stop.decomposition!.perReplica[r]!;
  return { isFalse, cost: error(patience) - error(MOST_PATIENCE) };
}

const smallest: LessonTask = {
  id: 'smallest',
  text: () => say('task.smallest', { limit: short(LIMIT), most: MOST_PATIENCE }),
  done(scene) {
    const run = runAt(scene, 0);
    const loses = (patience: number) =>
      run.withPatience(patience).stop.decomposition!.error - run.withPatience(MOST_PATIENCE).stop.decomposition!.error;
    const { patience } = scene.hand;
    if (!(loses(patience) <= LIMIT)) return false;
    return Array.from({ length: patience - 1 }, (_, i) => i + 1).every((fewer) => loses(fewer) > LIMIT);
  },
  status(scene) {
    const run = runAt(scene, 0);
    const { patience } = scene.hand;
    const of = (p: number) => run.withPatience(p).stop.decomposition!.perReplica;
    const cost = signedCost(paired(of(patience), of(MOST_PATIENCE))!);
    return say('task.smallest.status', { patience, cost, most: MOST_PATIENCE });
  },
};

const harmless: LessonTask = {
  id: 'harmless',
  text: () => say('task.harmless', { patience: ENOUGH }),
  done(scene) {
    const { patience, replica } = scene.hand;
    if (patience !== ENOUGH) return false;
    const { isFalse, cost } = stopOf(runAt(scene, 0), patience, replica);
    return isFalse && cost <= 0;
  },
  status(scene) {
    const { patience, replica } = scene.hand;
    const { isFalse, cost } = stopOf(runAt(scene, 0), patience, replica);
    const verdict = say(isFalse ? 'verdict.false' : 'verdict.right');
    const by = signedCost({ value: cost, se: null });
    return say('task.harmless.status', { replica, patience, verdict, cost: by, most: MOST_PATIENCE });
  },
};

function both(scene: LessonScene, rule: boolean) {
  const run = runAt(scene, 0);
  const flags = flagsOf(run, scene, rule);
  return [patienceFigure(run, { bottom: BOTTOM, top: TOP, flags, bar: answer(scene).bar }), billFigure(run, flags)];
}

const training = { epochs: EPOCHS, batchSize: BATCH, optimizer: { name: 'adam', learningRate: 0.003 } };
const stopping = { policy: { patience: FEW, min_delta: 0 } };

export const howMuchPatience: CourseLesson = {
  id: 'how-much-patience',
  minutes: 6,
  question: say('question'),
  experiments: [
    {
      id: 'batches',
      name: say('experiment', { batch: BATCH }),
      settings: { data: { trainSize: 30, validationSize: 30, noise: 0.35 }, training, stopping },
      seen: 20,
    },
  ],
  predictions: [
    {
      kind: 'number',
      id: GUESS,
      ask: say('predict.number'),
      figure: 'patience',
      from: 1,
      to: MOST_PATIENCE,
      step: 1,
      log: true,
      unit: patienceAxis.label,
      along: 'x',
    },
  ],
  steps: {
    ask: {
      text: () => [say('ask.1'), say('ask.2', { batch: BATCH })],
      figures: (scene) => [curvesFigure(runAt(scene, 0), { top: 0.6, seen: 20, thin: true })],
    },
    predict: {
      text: () => [say('predict.1', { unit: PER_EPOCHS, price: short(PRICE), networks: NETWORKS })],
      figures: (scene) => [
        patienceFigure(runAt(scene, 0), { bottom: BOTTOM, top: TOP, empty: true, flags: flagsOf(null, scene) }),
      ],
    },
    train: {
      text: () => [say('train.1', { epochs: EPOCHS })],
      figures: (scene) => [curvesFigure(runAt(scene, 0), { top: 0.6, thin: true })],
    },
    see: {
      text(scene) {
        const run = runAt(scene, 0);
        const [few, enough] = [patienceRow(run, FEW), patienceRow(run, ENOUGH)];
        const [much, most] = [patienceRow(run, MUCH), patienceRow(run, MOST_PATIENCE)];
        const cost = sizeOfCost(costOver(few, enough));
        return [
          say('see.1', { false: falseCount(few), networks: NETWORKS, few: FEW, epochs: Math.round(few.epochs), cost }),
          say('see.2', {
            ...{ enough: ENOUGH, still: falseCount(enough), loss: signedCost(costOver(enough, most)), much: MUCH },
            times: fixed(much.epochs / enough.epochs, 1),
          }),
        ];
      },
      figures: (scene) => both(scene, false),
    },
    try: { text: () => [say('try.1')], figures: (scene) => both(scene, true) },
  },
  answer,
  observation: {
    question: () => say('observe.question', { patience: FEW }),
    options: () => (['few', 'half', 'most'] as const).map((id) => ({ id, label: say(`observe.${id}`) })),
    right(scene) {
      const share = patienceRow(runAt(scene, 0), FEW).falseShare;
      return share < 1 / 3 ? 'few' : share > 2 / 3 ? 'most' : 'half';
    },
    look: () => ({ figure: 'bill', from: FEW - 0.5, to: FEW + 0.5 }),
  },
  try: {
    hands: ['patience', 'replica'],
    patience: { from: 1, to: MOST_PATIENCE },
    settings: [],
    of: 0,
    begin: { patience: FEW },
    tasks: [smallest, harmless],
  },
  transfer: {
    experiments: [
      {
        id: 'clouds',
        name: say('transfer.experiment'),
        settings: {
          data: { source: 'gaussians', trainSize: 60, validationSize: 60 },
          training: { epochs: 200, batchSize: 10, optimizer: { name: 'adam', learningRate: 0.01 } },
          stopping,
        },
        seen: 0,
      },
    ],
    question: say('transfer.question', { points: 60, few: FEW + 2, enough: ENOUGH }),
    options: (['much', 'some', 'nothing'] as const).map((id) => ({ id, label: say(`transfer.${id}`) })),
    right([run]) {
      const { value, se } = costOver(patienceRow(run!, FEW + 2), patienceRow(run!, ENOUGH));
      const share = value / patienceRow(run!, ENOUGH).restoredError;
      return share >= 0.1 ? 'much' : value <= 2 * se! ? 'nothing' : 'some';
    },
    because([run]) {
      const [few, enough] = [patienceRow(run!, FEW + 2), patienceRow(run!, ENOUGH)];
      return say('transfer.because', { cost: signedCost(costOver(few, enough)), error: fixed(enough.restoredError) });
    },
  },
  finding(scene) {
    const run = runAt(scene, 0);
    const [few, enough] = [patienceRow(run, FEW), patienceRow(run, ENOUGH)];
    const cost = sizeOfCost(costOver(few, enough));
    return say('finding', { few: FEW, false: falseCount(few), networks: NETWORKS, cost, enough: ENOUGH });
  },
  sketch(scene) {
    const rows = patienceRows(runAt(scene, 0));
    // Even steps on the axis, which is a logarithm.
    const even = Array.from({ length: 40 }, (_, i) => patienceRow(runAt(scene, 0), MOST_PATIENCE ** (i / 39)));
    const top = rows[0]!.restoredError;
    return {
      areas: [],
      lines: [
        {
          colour: 'test',
          y: sketchLine(
            even.map((row) => row.restoredError),
            top,
            BOTTOM,
          ),
        },
        {
          colour: 'run-1',
          y: sketchLine(
            even.map((row) => row.falseShare),
            1,
          ),
        },
      ],
      flags: [],
    };
  },
};
