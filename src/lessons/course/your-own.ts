/**
 * @file Lesson: on a job of one's own the ruler may lie: leaked validation points, and labels that are wrong.
 * Long: a lesson is one file.
 */
import { estimate, paired } from '../../decomposition/estimate.ts';
import type texts from '../../words/messages/en/your-own.ts';
import { sayIn, type Message } from '../../words/messages/message.ts';
import { fixed, short } from '../../words/numbers.ts';
import type { CourseRun } from './course-run.ts';
import type { CardsFigure } from './figure.ts';
import { curvesFigure } from './figures/curves.ts';
import { sketchLine } from './figures/sketch.ts';
import { runAt, type CourseAnswer, type CourseLesson, type LessonScene, type LessonTask } from './lesson.ts';
import { unpredicted } from './miss.ts';
import { guessOf } from './prediction.ts';
import { sayInCourse, signedCost, sizeOfCost } from './say.ts';
import { numberAtPath, triedWith } from './tried.ts';

const say = sayIn<typeof texts>('your-own');

const NETWORKS = 32;
const [COLUMNS, POINTS] = [30, 100];
const EPOCHS = 200;
const PATIENCE = 10;
const LEAST_LEAKAGE = 0.5;
const LIMIT = 0.02;
const GUESS = 'ship';
const TEAMS = ['a', 'b'] as const;
type Team = (typeof TEAMS)[number];
const [A, B, CLEAN] = [0, 1, 2];

type KeptCurve = 'validationAccuracy' | 'testAccuracy' | 'validationLoss';

/** Mean over the networks of what they have at the epoch that each keeps. */
function keptMean(run: CourseRun, curve: KeptCurve): number {
  const { tape } = run;
  const { stop } = run.outcomeNow();
  const values = Float64Array.from(stop.restored, (epoch, r) =>
    epoch === -1 ? NaN : tape[curve][r * tape.shape.epochs + epoch]!,
  );
  return estimate(values)!.value;
}

const errorsOf = (run: CourseRun) => run.outcomeNow().stop.decomposition!;
/** Of B, above A. */
const gapOf = (scene: LessonScene) =>
  paired(errorsOf(runAt(scene, B)).perReplica, errorsOf(runAt(scene, A)).perReplica)!;
const share = (value: number): string => `${Math.round(100 * value)} %`;

function cardsFigure(scene: LessonScene, known: boolean): CardsFigure {
  const is = (value: string): Message => say('value.is', { value });
  const card = (team: Team, i: number) => {
    const run = runAt(scene, i);
    const { fired, meanStop } = run.outcomeNow();
    const stopped =
      fired === 0
        ? say('value.never', { networks: NETWORKS })
        : say('value.stopped', { fired, networks: NETWORKS, epoch: Math.round(meanStop) });
    const seen = [
      { label: say('row.validation-accuracy'), value: is(share(keptMean(run, 'validationAccuracy'))), strong: true },
      { label: say('row.validation-loss'), value: is(fixed(keptMean(run, 'validationLoss'))) },
      { label: say('row.stopped'), value: stopped },
    ];
    const fresh = [
      { label: say('row.test-accuracy'), value: is(share(keptMean(run, 'testAccuracy'))), strong: true },
      { label: say('row.error'), value: is(fixed(errorsOf(run).error)) },
    ];
    return { label: say(`option.${team}`), rows: known ? [...seen, ...fresh] : seen };
  };
  const figure = { id: 'cards', title: say('figure.cards'), note: sayInCourse('note.mean', { networks: NETWORKS }) };
  return { kind: 'cards', ...figure, cards: TEAMS.map(card) };
}

function answer(scene: LessonScene): CourseAnswer {
  const gap = gapOf(scene);
  const best: Team = gap.value > 0 ? 'a' : 'b';
  const name = (team: Team) => say(`option.${team}`);
  const by = sizeOfCost(gap);
  const truth = `ship ${best}`;
  const you = TEAMS.find((team) => team === guessOf(scene.guesses, GUESS, 'choice')?.option);
  if (!you) return unpredicted(truth, [say('reveal.none', { best: name(best), cost: by })]);
  const error = fixed(errorsOf(runAt(scene, TEAMS.indexOf(you))).error);
  const right = you === best;
  return {
    ...{ said: `ship ${you}`, truth, grade: null, bar: null },
    cost: { unit: 'error', estimate: right ? { value: 0, se: null } : { value: Math.abs(gap.value), se: gap.se } },
    reveal: [
      right
        ? say('reveal.best', { you: name(you), error, cost: by })
        : say('reveal', { you: name(you), error, cost: by, best: name(best) }),
    ],
    summary: say('summary', { cost: right ? '0' : by }),
  };
}

const both = (scene: LessonScene) => [
  cardsFigure(scene, true),
  curvesFigure(runAt(scene, B), { top: 1.2, test: true }),
];

const leak: LessonTask = {
  id: 'leak',
  text: () => say('task.leak', { networks: NETWORKS, least: short(LEAST_LEAKAGE) }),
  done: (scene) =>
    triedWith(scene, ['data.leakage']).some(
      (run) => numberAtPath(run, 'data.leakage') >= LEAST_LEAKAGE && run.outcomeNow().fired === NETWORKS,
    ),
  status(scene) {
    const run = triedWith(scene, ['data.leakage']).at(-1);
    if (!run) return sayInCourse('try.none');
    const { fired } = run.outcomeNow();
    const leakage = short(numberAtPath(run, 'data.leakage'));
    return say('task.leak.status', { leakage, fired, networks: NETWORKS, error: fixed(errorsOf(run).error) });
  },
};

const labels: LessonTask = {
  id: 'labels',
  text: () => say('task.labels', { limit: short(LIMIT) }),
  done: (scene) => triedWith(scene, ['data.labelNoise']).some((run) => run.outcomeNow().costOfGoingOn!.value <= LIMIT),
  status(scene) {
    const run = triedWith(scene, ['data.labelNoise']).at(-1);
    if (!run) return sayInCourse('try.none');
    const cost = signedCost(run.outcomeNow().costOfGoingOn!);
    return say('task.labels.status', { noise: short(numberAtPath(run, 'data.labelNoise')), cost });
  },
};

const settings = (data: object, source = 'breast-cancer') => ({
  data: { source, ...data },
  training: { epochs: EPOCHS, optimizer: { name: 'adam', learningRate: 0.01 } },
  stopping: { policy: { patience: PATIENCE, min_delta: 0 } },
});

export const yourOwnJob: CourseLesson = {
  id: 'your-own',
  minutes: 7,
  question: say('question'),
  experiments: [
    { id: 'honest', name: say('experiment.a'), settings: settings({ labelNoise: 0.2 }), seen: EPOCHS },
    { id: 'leak', name: say('experiment.b'), settings: settings({ labelNoise: 0.2, leakage: 1 }), seen: EPOCHS },
    { id: 'clean', name: say('experiment.c'), settings: settings({}), seen: 0 },
  ],
  predictions: [
    {
      kind: 'choice',
      id: GUESS,
      ask: say('predict.choice'),
      figure: 'cards',
      options: TEAMS.map((id) => ({ id, label: say(`option.${id}`) })),
    },
  ],
  steps: {
    ask: {
      text: () => [
        say('ask.1', { columns: COLUMNS, networks: NETWORKS, patience: PATIENCE, epochs: EPOCHS }),
        say('ask.2', { points: POINTS }),
      ],
      figures: (scene) => [curvesFigure(runAt(scene, A), { top: 1.2, seen: 5 })],
    },
    predict: { text: () => [say('predict.1')], figures: (scene) => [cardsFigure(scene, false)] },
    train: { text: () => [say('train.1')], figures: (scene) => [cardsFigure(scene, false)] },
    see: {
      text(scene) {
        const [honest, clean] = [runAt(scene, A), runAt(scene, CLEAN)];
        return [
          say('see.1'),
          say('see.2', {
            clean: share(keptMean(clean, 'validationAccuracy')),
            cost: sizeOfCost(clean.outcomeNow().costOfGoingOn!),
            noisy: sizeOfCost(honest.outcomeNow().costOfGoingOn!),
          }),
        ];
      },
      figures: both,
    },
    try: { text: () => [say('try.1')], figures: both },
  },
  answer,
  observation: {
    question: () => say('observe.question'),
    options: () => (['together', 'apart', 'below'] as const).map((id) => ({ id, label: say(`observe.${id}`) })),
    right(scene) {
      const { curves, length } = runAt(scene, B);
      const [train, validation] = [curves.trainLoss, curves.validationLoss];
      const above = validation[length - 1]! - train[length - 1]!;
      // As near as nobody could see apart beside where they began.
      if (Math.abs(above) <= 0.05 * train[0]!) return 'together';
      return above > 0 ? 'apart' : 'below';
    },
    look: () => ({ figure: 'curves', from: 1, to: EPOCHS }),
  },
  try: {
    hands: [],
    settings: [
      { path: 'data.leakage', values: [0, 0.25, 0.5, 0.75, 0.9, 1] },
      { path: 'data.labelNoise', values: [0, 0.05, 0.1, 0.2] },
    ],
    of: A,
    begin: {},
    tasks: [leak, labels],
  },
  transfer: {
    experiments: ([0, 1] as const).map((leakage) => ({
      id: `cars-${leakage}`,
      name: say('transfer.experiment', { leakage: share(leakage) }),
      settings: settings({ leakage }, 'auto-mpg'),
      seen: 0,
    })),
    question: say('transfer.question'),
    options: (['worse', 'same', 'better'] as const).map((id) => ({ id, label: say(`transfer.${id}`) })),
    right([honest, leaked]) {
      const change = errorsOf(leaked!).error / errorsOf(honest!).error - 1;
      return Math.abs(change) < 0.1 ? 'same' : change > 0 ? 'worse' : 'better';
    },
    because([honest, leaked]) {
      const cost = signedCost(paired(errorsOf(leaked!).perReplica, errorsOf(honest!).perReplica)!);
      const promise = fixed(keptMean(leaked!, 'validationLoss'));
      return say('transfer.because', { cost, error: fixed(errorsOf(honest!).error), promise });
    },
  },
  endsIn: 'logs',
  finding(scene) {
    const [a, b] = [runAt(scene, A), runAt(scene, B)];
    const of = (run: CourseRun, curve: KeptCurve) => share(keptMean(run, curve));
    return say('finding', {
      ...{ validationA: of(a, 'validationAccuracy'), validationB: of(b, 'validationAccuracy') },
      ...{ testA: of(a, 'testAccuracy'), testB: of(b, 'testAccuracy') },
    });
  },
  sketch(scene) {
    const { validationAccuracy, testAccuracy } = runAt(scene, B).curves;
    return {
      areas: [],
      lines: [
        { colour: 'validation', y: sketchLine(validationAccuracy, 1, 0.5) },
        { colour: 'test', y: sketchLine(testAccuracy, 1, 0.5) },
      ],
      flags: [],
    };
  },
};
