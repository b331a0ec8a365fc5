/**
 * @file Lesson: error against compute. Each budget has a size of network that is best for it, and small ones overtrain.
 * Long: a lesson is one file.
 */
import { paired, type Estimate } from '../../decomposition/estimate.ts';
import { epochWithin, errorsWithin, flopsCurve, lowerEnvelope } from '../../evaluation/error-by-flops.ts';
import type texts from '../../words/messages/en/worth.ts';
import { sayIn, type Message } from '../../words/messages/message.ts';
import { fixed } from '../../words/numbers.ts';
import { amount } from '../../words/units.ts';
import { oncePerRun, type CourseRun } from './course-run.ts';
import type { FigureLine, LinesFigure } from './figure.ts';
import { valueAxis } from './figures/axes.ts';
import { sketchLine } from './figures/sketch.ts';
import { runAt, type CourseAnswer, type CourseLesson, type LessonScene, type LessonTask } from './lesson.ts';
import { unpredicted } from './miss.ts';
import { guessOf, type Prediction } from './prediction.ts';
import { sayInCourse, signedCost, sizeOfCost } from './say.ts';
import { hindsightOf } from './stop-answer.ts';

const say = sayIn<typeof texts>('worth');

const NETWORKS = 32;
const POINTS = 100;
const WIDTHS = [8, 16, 32] as const;
/** Of training, for one network; as many epochs as about the dearest budget pays for. */
const EPOCHS = [990, 299, 83] as const;
const [CHEAP, MIDDLE, DEAR] = [8e6, 32e6, 60e6];
const FROM = 5e5;
const TO = 8e7;
const [BOTTOM, TOP] = [0.08, 0.28];
const GUESSES = { cheap: CHEAP, dear: DEAR } as const;

const flops = (value: number): string => amount(value, 'FLOP');
const widthName = (i: number): Message => say('option.width', { width: WIDTHS[i]! });
const curveOf = oncePerRun((run) => flopsCurve(run.tape));

/** Errors of all sizes at a budget; throws where a run does not reach it. */
function errorsAt(scene: LessonScene, budget: number): Float64Array[] {
  return WIDTHS.map((width, i) => {
    const errors = errorsWithin(runAt(scene, i).tape, budget);
    if (!errors) throw new Error(`budget: ${budget} FLOP are not recorded for width ${width}; train longer`);
    return errors;
  });
}

const mean = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Which size is best at a budget, and what each one is above it. */
function ranking(scene: LessonScene, budget: number): { best: number; above: Estimate[]; errors: number[] } {
  const all = errorsAt(scene, budget);
  const errors = all.map(mean);
  const best = errors.indexOf(Math.min(...errors));
  return { best, errors, above: all.map((one) => paired(one, all[best]!)!) };
}

const cannotTell = ({ value, se }: Estimate) => se !== null && Math.abs(value) <= se;

function choiceOf({ guesses }: LessonScene, id: keyof typeof GUESSES): number | null {
  const option = guessOf(guesses, id, 'choice')?.option;
  const at = WIDTHS.findIndex((width) => String(width) === option);
  return at === -1 ? null : at;
}

function revealOf(scene: LessonScene, id: keyof typeof GUESSES): Message[] {
  const you = choiceOf(scene, id);
  if (you === null) return [];
  const { best, above } = ranking(scene, GUESSES[id]);
  const told = { budget: flops(GUESSES[id]), you: widthName(you) };
  if (you === best) return [say('reveal.best', told)];
  const level = cannotTell(above[you]!);
  const more = { ...told, best: widthName(best), cost: level ? signedCost(above[you]!) : sizeOfCost(above[you]!) };
  return [level ? say('reveal.level', more) : say('reveal', more)];
}

function answer(scene: LessonScene): CourseAnswer {
  const { best, above } = ranking(scene, CHEAP);
  const truth = `width ${WIDTHS[best]}`;
  const you = choiceOf(scene, 'cheap');
  if (you === null) {
    const names = { best: widthName(best), bestDear: widthName(ranking(scene, DEAR).best) };
    return unpredicted(truth, [say('reveal.none', { cheap: flops(CHEAP), dear: flops(DEAR), ...names })]);
  }
  const estimate = you === best ? { value: 0, se: null } : above[you]!;
  return {
    ...{ said: `width ${WIDTHS[you]}`, truth, grade: null, bar: null },
    cost: { unit: 'error', estimate },
    reveal: [...revealOf(scene, 'cheap'), ...revealOf(scene, 'dear')],
    summary: say('summary', { cost: you === best ? '0' : sizeOfCost(estimate) }),
  };
}

function flopsFigure(scene: LessonScene, known: boolean): LinesFigure {
  const runs = scene.runs.flatMap((run, i) => (run && known ? [{ run, i }] : []));
  const lines = runs.map(({ run, i }): FigureLine => {
    const { flops: x, error: y } = curveOf(run);
    const label = say('experiment.width', { width: WIDTHS[i]! });
    return { id: `width-${WIDTHS[i]}`, label, colour: (['run-1', 'run-2', 'run-3'] as const)[i]!, x, y };
  });
  const complete = runs.length === WIDTHS.length && runs.every(({ run }) => run.complete);
  const budgets = Array.from({ length: 80 }, (_, i) => FROM * (DEAR / FROM) ** (i / 79));
  const envelope = complete
    ? lowerEnvelope(
        runs.map(({ run }) => curveOf(run)),
        budgets,
      )
    : [];
  const label = say('line.envelope');
  const [x, y] = [envelope.map(({ budget }) => budget), envelope.map(({ error }) => error)];
  return {
    kind: 'lines',
    id: 'flops',
    title: say('figure.flops'),
    note: sayInCourse('note.mean', { networks: NETWORKS }),
    x: { label: sayInCourse('axis.flops'), from: FROM, to: TO, log: true, unit: 'flops' },
    y: valueAxis(sayInCourse('axis.error'), BOTTOM, TOP),
    lines: complete ? [...lines, { id: 'envelope', label, colour: 'ink', x, y, dashed: true }] : lines,
    levels: [],
    dots: complete ? runs.map(({ run, i }) => bestDot(run, i)) : [],
    coveredFrom: known ? null : FROM,
    flags: [CHEAP, DEAR].map((x) => ({ kind: 'rule', x, label: say('flag.budget', { budget: flops(x) }) })),
    spans: [],
    bar: null,
  };
}

/** Each size's own best stop. */
function bestDot(run: CourseRun, i: number) {
  const { best } = hindsightOf(run);
  const { flops: x, error: y } = curveOf(run);
  const colour = (['run-1', 'run-2', 'run-3'] as const)[i]!;
  return { x: x[best - 1]!, y: y[best - 1]!, colour, label: sayInCourse('count.epochs', { n: best }), hollow: true };
}

const middle: LessonTask = {
  id: 'middle',
  text: () => say('task.middle', { budget: flops(MIDDLE) }),
  done(scene) {
    const { above, best } = ranking(scene, MIDDLE);
    const at = scene.hand.run - 1;
    // Size 1 is in the hand from the beginning: it counts once a curve was walked along.
    return scene.hand.epoch !== null && (at === best || cannotTell(above[at]!));
  },
  status(scene) {
    const at = scene.hand.run - 1;
    const { above } = ranking(scene, MIDDLE);
    return say('task.middle.status', { width: WIDTHS[at]!, budget: flops(MIDDLE), cost: signedCost(above[at]!) });
  },
};

const stop: LessonTask = {
  id: 'stop',
  text: () => say('task.stop'),
  done(scene) {
    const { epoch, run } = scene.hand;
    if (epoch === null || run !== 1) return false;
    const { from, to } = hindsightOf(runAt(scene, 0));
    return epoch >= from && epoch <= to;
  },
  status(scene) {
    const { epoch, run } = scene.hand;
    const width = WIDTHS[run - 1]!;
    if (epoch === null) return say('task.stop.none', { width });
    const { flops: spent, error } = curveOf(runAt(scene, run - 1));
    const at = Math.min(epoch, spent.length) - 1;
    return say('task.stop.status', { width, epoch: at + 1, spent: flops(spent[at]!), error: fixed(error[at]!) });
  },
};

const choice = (id: keyof typeof GUESSES): Prediction => ({
  ...{ kind: 'choice', id, ask: say(`predict.${id}`, { budget: flops(GUESSES[id]) }), figure: 'flops' },
  options: WIDTHS.map((width, i) => ({ id: String(width), label: widthName(i) })),
});

const settings = (source: string, width: number, epochs: number) => ({
  data: { source, trainSize: POINTS, validationSize: POINTS },
  model: { hidden: [width, width] },
  training: { epochs, batchSize: 20, optimizer: { name: 'adam', learningRate: 0.01 } },
});

/** What an epoch of the last size costs, in epochs of the first. */
function timesAnEpoch(scene: LessonScene): string {
  const perEpoch = (i: number) => curveOf(runAt(scene, i)).flops[0]!;
  return scene.runs[2]?.length ? fixed(perEpoch(2) / perEpoch(0), 0) : fixed(EPOCHS[0] / EPOCHS[2], 0);
}

export const whatItIsWorth: CourseLesson = {
  id: 'worth',
  minutes: 6,
  question: say('question'),
  experiments: WIDTHS.map((width, i) => ({
    id: `width-${width}`,
    name: say('experiment.width', { width }),
    settings: settings('spirals', width, EPOCHS[i]!),
    seen: i === 0 ? 1 : 0,
  })),
  predictions: [choice('cheap'), choice('dear')],
  steps: {
    ask: {
      text: (scene) => [
        say('ask.1', { large: WIDTHS[2], times: timesAnEpoch(scene), small: WIDTHS[0], list: WIDTHS.join(', ') }),
        say('ask.2', { points: POINTS, networks: NETWORKS }),
      ],
      figures: (scene) => [flopsFigure(scene, false)],
    },
    predict: { text: () => [say('predict.1')], figures: (scene) => [flopsFigure(scene, false)] },
    train: { text: () => [say('train.1')], figures: (scene) => [flopsFigure(scene, true)] },
    see: {
      text(scene) {
        const run = runAt(scene, 0);
        const { best, last } = hindsightOf(run);
        const { flops: spent } = curveOf(run);
        const part = `${Math.round((100 * spent[best - 1]!) / spent.at(-1)!)} %`;
        return [say('see.1'), say('see.2', { epoch: best, cost: sizeOfCost(last.regret!), part })];
      },
      figures: (scene) => [flopsFigure(scene, true)],
    },
    try: { text: () => [say('try.1')], figures: (scene) => [flopsFigure(scene, true)] },
  },
  answer,
  observation: {
    question: () => say('observe.question'),
    options: () => (['falls', 'level', 'rises'] as const).map((id) => ({ id, label: say(`observe.${id}`) })),
    right(scene) {
      const run = runAt(scene, 0);
      const { value, se } = paired(run.errorsAfter(run.length), run.errorsAfter(Math.round(run.length / 2)))!;
      return Math.abs(value) <= se! ? 'level' : value > 0 ? 'rises' : 'falls';
    },
    look: (scene) => {
      const { flops: spent } = curveOf(runAt(scene, 0));
      return { figure: 'flops', from: spent[Math.round(spent.length / 2)]!, to: spent.at(-1)! };
    },
  },
  try: { hands: ['run', 'epoch'], settings: [], of: 0, begin: { run: 1 }, tasks: [middle, stop] },
  transfer: {
    experiments: (
      [
        [8, 125],
        [32, 11],
      ] as const
    ).map(([width, epochs]) => ({
      id: `clouds-${width}`,
      name: say('transfer.experiment', { width }),
      settings: settings('gaussians', width, epochs),
      seen: 0,
    })),
    question: say('transfer.question', { budget: flops(CHEAP), small: 8, many: 124, large: 32, few: 10 }),
    options: (['small', 'large', 'level'] as const).map((id) => ({ id, label: say(`transfer.${id}`) })),
    right(runs) {
      const { value, se } = largeMinusSmall(runs);
      return Math.abs(value) <= 2 * se! ? 'level' : value > 0 ? 'small' : 'large';
    },
    because(runs) {
      const cost = signedCost(largeMinusSmall(runs));
      return say('transfer.because', { cost, error: fixed(mean(errorsWithin(runs[0]!.tape, CHEAP)!)) });
    },
  },
  finding(scene) {
    const [small, large] = [ranking(scene, CHEAP).best, ranking(scene, DEAR).best];
    const budgets = { cheap: flops(CHEAP), dear: flops(DEAR) };
    return say('finding', { ...budgets, small: WIDTHS[small]!, large: WIDTHS[large]! });
  },
  sketch(scene) {
    const lines = WIDTHS.map((_, i) => {
      const curve = curveOf(runAt(scene, i));
      // Even steps on the axis, which is a logarithm.
      const even = Array.from({ length: 40 }, (_, k) => {
        const epoch = epochWithin(curve, FROM * (DEAR / FROM) ** (k / 39));
        return curve.error[Math.max(0, epoch ?? 0)]!;
      });
      return { colour: (['run-1', 'run-2', 'run-3'] as const)[i]!, y: sketchLine(even, TOP, BOTTOM) };
    });
    return { areas: [], lines, flags: [] };
  },
};

function largeMinusSmall([small, large]: readonly CourseRun[]): Estimate {
  const errors = (run: CourseRun | undefined) => errorsWithin(run!.tape, CHEAP)!;
  return paired(errors(large), errors(small))!;
}
