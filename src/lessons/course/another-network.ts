/**
 * @file Lesson: the same rule on other networks stops at other epochs; and min delta has the unit of the loss.
 * Long: a lesson is one file.
 */
import { paired } from '../../decomposition/estimate.ts';
import type texts from '../../words/messages/en/another-network.ts';
import { sayIn, type Message } from '../../words/messages/message.ts';
import { fixed, short } from '../../words/numbers.ts';
import type { CourseRun } from './course-run.ts';
import type { FigureSpan, MapFigure } from './figure.ts';
import { curvesFigure, noiseOf } from './figures/curves.ts';
import {
  cellNear,
  leastOnMap,
  MAP_MIN_DELTAS,
  mapMinDeltaAxis,
  mapPatienceAxis,
  ruleMapFigure,
} from './figures/map.ts';
import { stopsFigure } from './figures/stops.ts';
import { runAt, type CourseAnswer, type CourseLesson, type LessonScene, type LessonTask } from './lesson.ts';
import { unpredicted } from './miss.ts';
import { guessOf } from './prediction.ts';
import { sayInCourse, signedCost, sizeOfCost } from './say.ts';
import { medianOf, stopsOf } from './stops.ts';

const say = sayIn<typeof texts>('another-network');

const NETWORKS = 32;
const POINTS = 20;
const EPOCHS = 400;
const PATIENCE = 20;
const SEEN = 20;
/** So many epochs are called the same. */
const MARGIN = 10;
const [BEFORE, AFTER] = [40, 200];
const LIMIT = 0.01;
const MIN_DELTAS = [0, ...MAP_MIN_DELTAS];
const TOP = 0.6;

/** Under the rule of the experiment, whatever is in the hand. */
const ruled = (run: CourseRun) => stopsOf(run, PATIENCE, 0);

function endsOf(run: CourseRun) {
  const { stops } = ruled(run);
  return { first: Math.min(...stops), last: Math.max(...stops), median: medianOf(stops) };
}

function answer(scene: LessonScene): CourseAnswer {
  const run = runAt(scene, 0);
  const { first, last, median } = endsOf(run);
  const base = { truth: `range ${first}-${last}`, grade: null, bar: null };
  const guess = guessOf(scene.guesses, 'range', 'range');
  if (!guess) return unpredicted(base.truth, [say('reveal.none', { first, last, median }), ...placeWords(run, scene)]);
  const { from, to } = guess;
  const inside = ruled(run).stops.filter((stop) => stop >= from && stop <= to).length;
  const miss = (Math.abs(from - first) + Math.abs(to - last)) / 2;
  return {
    ...base,
    said: `range ${from}-${to}`,
    cost: { unit: 'epochs', estimate: { value: miss, se: null } },
    reveal: [say('reveal.range', { from, to, first, last, inside, networks: NETWORKS }), ...placeWords(run, scene)],
    summary: say('summary', { miss: short(miss) }),
  };
}

function placeWords(run: CourseRun, { guesses }: LessonScene): Message[] {
  const place = guessOf(guesses, 'place', 'place');
  if (!place) return [];
  const [cell, least] = [cellNear(run, place.x, place.y), leastOnMap(run)];
  return cell === least
    ? [say('reveal.best')]
    : [say('reveal.place', { cost: sizeOfCost(paired(cell.errors, least.errors)!) })];
}

function rangeSpan({ guesses }: LessonScene): FigureSpan[] {
  const guess = guessOf(guesses, 'range', 'range');
  if (!guess) return [];
  const { from, to } = guess;
  return [{ from, to, label: sayInCourse('span.you', { from, to }) }];
}

function placesOf(run: CourseRun | null, { guesses, hand }: LessonScene, rule: boolean): MapFigure['places'] {
  const place = guessOf(guesses, 'place', 'place');
  const least = run && leastOnMap(run);
  const label = (patience: number) => sayInCourse('flag.rule', { patience: short(patience) });
  return [
    ...(place ? [{ kind: 'you' as const, x: place.x, y: place.y, label: label(place.x) }] : []),
    ...(least ? [{ kind: 'best' as const, x: least.patience, y: least.minDelta, label: label(least.patience) }] : []),
    ...(rule && hand.minDelta > 0
      ? [{ kind: 'rule' as const, x: hand.patience, y: hand.minDelta, label: label(hand.patience) }]
      : []),
  ];
}

function both(scene: LessonScene, patience: number, minDelta: number, rule: boolean) {
  const run = runAt(scene, 0);
  const { stops, own } = stopsOf(run, patience, minDelta);
  return [
    stopsFigure(run, {
      strips: [
        { label: say('strip.stops'), colour: 'ink', values: stops },
        { label: say('strip.best'), colour: 'test', values: own },
      ],
      spans: rangeSpan(scene),
    }),
    ruleMapFigure(run, placesOf(run, scene, rule)),
  ];
}

const delta: LessonTask = {
  id: 'delta',
  text: () => say('task.delta', { patience: PATIENCE, limit: short(LIMIT) }),
  done(scene) {
    const run = runAt(scene, 0);
    const { patience, minDelta } = scene.hand;
    const costs = (value: number) => costOfDelta(run, value).value;
    if (patience !== PATIENCE || minDelta === 0 || costs(minDelta) > LIMIT) return false;
    return MIN_DELTAS.filter((value) => value > minDelta).every((value) => costs(value) > LIMIT);
  },
  status(scene) {
    const { patience, minDelta } = scene.hand;
    const cost = signedCost(costOfDelta(runAt(scene, 0), minDelta, patience));
    return say('task.delta.status', { patience, delta: short(minDelta), cost });
  },
};

function costOfDelta(run: CourseRun, minDelta: number, patience = PATIENCE) {
  const errors = (value: number) => run.withPatience(patience, { min_delta: value }).stop.decomposition!.perReplica;
  return paired(errors(minDelta), errors(0))!;
}

const early: LessonTask = {
  id: 'early',
  text: () => say('task.early', { patience: PATIENCE, before: BEFORE, after: AFTER }),
  done(scene) {
    const { patience, minDelta, replica } = scene.hand;
    if (patience !== PATIENCE || minDelta !== 0) return false;
    const { stops, own } = ruled(runAt(scene, 0));
    return stops[replica - 1]! < BEFORE && own[replica - 1]! > AFTER;
  },
  status(scene) {
    const { patience, minDelta, replica } = scene.hand;
    const { stops, own } = stopsOf(runAt(scene, 0), patience, minDelta);
    return say('task.early.status', { replica, stop: stops[replica - 1]!, own: own[replica - 1]! });
  },
};

/** The first network to stop whose own best lies farthest on: from 1. */
function hastyNetwork(run: CourseRun) {
  const { stops, own } = ruled(run);
  const missed = stops.map((stop, r) => own[r]! / stop);
  const r = missed.indexOf(Math.max(...missed));
  return { early: r + 1, first: stops[r]!, own: own[r]! };
}

const stopping = { policy: { patience: PATIENCE, min_delta: 0 } };

export const anotherNetwork: CourseLesson = {
  id: 'another-network',
  minutes: 6,
  question: say('question'),
  experiments: [{ id: 'default', name: say('experiment', { patience: PATIENCE }), settings: { stopping }, seen: SEEN }],
  predictions: [
    {
      kind: 'range',
      id: 'range',
      ask: say('predict.range', { networks: NETWORKS }),
      figure: 'stops',
      from: 1,
      to: EPOCHS,
      dots: NETWORKS,
    },
    { kind: 'place', id: 'place', ask: say('predict.place'), figure: 'map', x: mapPatienceAxis, y: mapMinDeltaAxis },
  ],
  steps: {
    ask: {
      text: () => [say('ask.1', { points: POINTS }), say('ask.2', { networks: NETWORKS, seen: SEEN })],
      figures: (scene) => [curvesFigure(runAt(scene, 0), { top: TOP, thin: true, seen: SEEN })],
    },
    predict: {
      text: () => [say('predict.1', { patience: PATIENCE, earliest: PATIENCE + 1, epochs: EPOCHS })],
      figures: (scene) => [
        stopsFigure(runAt(scene, 0), { strips: [], spans: rangeSpan(scene) }),
        ruleMapFigure(null, placesOf(null, scene, false)),
      ],
    },
    train: {
      text: () => [say('train.1')],
      figures: (scene) => [curvesFigure(runAt(scene, 0), { top: TOP, thin: true })],
    },
    see: {
      text(scene) {
        const run = runAt(scene, 0);
        const large = MAP_MIN_DELTAS.at(-1)!;
        const error = (value: number) =>
          fixed(run.withPatience(PATIENCE, { min_delta: value }).stop.decomposition!.error);
        return [
          say('see.1', hastyNetwork(run)),
          say('see.2', { noise: fixed(noiseOf(run), 2), large, worse: error(large), least: error(0) }),
        ];
      },
      figures: (scene) => both(scene, PATIENCE, 0, false),
    },
    try: {
      text: () => [say('try.1')],
      figures: (scene) => both(scene, scene.hand.patience, scene.hand.minDelta, true),
    },
  },
  answer,
  observation: {
    question: () => say('observe.question'),
    options: () => [
      { id: 'before', label: say('observe.before') },
      { id: 'at', label: say('observe.at', { margin: MARGIN }) },
      { id: 'after', label: say('observe.after') },
    ],
    right(scene) {
      const { kept, own } = ruled(runAt(scene, 0));
      const count = (is: (apart: number) => boolean) => kept.filter((epoch, r) => is(epoch - own[r]!)).length;
      const counts = {
        before: count((apart) => apart < -MARGIN),
        at: count((apart) => Math.abs(apart) <= MARGIN),
        after: count((apart) => apart > MARGIN),
      };
      return (['before', 'at', 'after'] as const).reduce((most, id) => (counts[id] > counts[most] ? id : most));
    },
    look: (scene) => ({ figure: 'stops', from: 1, to: medianOf(ruled(runAt(scene, 0)).own) }),
  },
  try: {
    hands: ['patience', 'minDelta', 'replica'],
    patience: { from: 1, to: 100 },
    minDeltas: MIN_DELTAS,
    settings: [],
    of: 0,
    begin: { patience: PATIENCE, minDelta: 0 },
    tasks: [delta, early],
  },
  transfer: {
    experiments: [
      {
        id: 'tumours',
        name: say('transfer.experiment'),
        settings: {
          data: { source: 'breast-cancer', labelNoise: 0.2 },
          training: { epochs: 100, optimizer: { name: 'adam', learningRate: 0.01 } },
          stopping: { policy: { patience: 10, min_delta: 0 } },
        },
        seen: 0,
      },
    ],
    question: say('transfer.question', { points: 100, patience: 10, networks: NETWORKS }),
    options: (['few', 'some', 'many'] as const).map((id) => ({ id, label: say(`transfer.${id}`) })),
    right([run]) {
      const { stops } = stopsOf(run!, 10, 0);
      const width = Math.max(...stops) - Math.min(...stops);
      return width < 20 ? 'few' : width <= 100 ? 'some' : 'many';
    },
    because([run]) {
      const { stops } = stopsOf(run!, 10, 0);
      return say('transfer.because', { first: Math.min(...stops), last: Math.max(...stops) });
    },
  },
  finding: (scene) => say('finding', { networks: NETWORKS, ...endsOf(runAt(scene, 0)) }),
  sketch(scene) {
    const { stops } = ruled(runAt(scene, 0));
    return {
      areas: [],
      lines: [],
      flags: stops.map((stop) => ({ kind: 'rule', x: Number((stop / EPOCHS).toFixed(3)) })),
    };
  },
};
