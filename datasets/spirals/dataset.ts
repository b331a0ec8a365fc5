/** @file Two arms of an Archimedean spiral, half a turn apart. */
import { arcsProbability } from '../arcs.ts';
import { cloud } from '../clouds.ts';

/** Radians an arm turns: one turn and a quarter. */
const TURN = 2.5 * Math.PI;
const arm = (t: number) => [t * Math.cos(TURN * t), t * Math.sin(TURN * t)] as const;
const opposite = (t: number) => [-t * Math.cos(TURN * t), -t * Math.sin(TURN * t)] as const;

/** ∫₀¹ t² cos(2·TURN·t) dt = 2 cos(a)/a² with a = 2·TURN, an odd multiple of π. */
const LOPSIDED = -2 / (2 * TURN) ** 2;

export const dataset = cloud({
  id: 'spirals',
  label: 'spirals',
  about: 'Two arms wound into one another: the hardest of these shapes for a small network.',
  short: 'two spiral arms',
  domain: [
    [-1.4, 1.4],
    [-1.4, 1.4],
  ],
  positions: 1,
  place: (label, t) => (label === 0 ? arm(t) : opposite(t)),
  mean: [0, 0],
  variance: [1 / 6 + LOPSIDED / 2, 1 / 6 - LOPSIDED / 2],
  probability: arcsProbability([arm, opposite], Math.hypot(1, TURN)),
  suggested: { 'data.noise': 0.08, 'data.trainSize': 100, 'data.validationSize': 100, 'model.inputScale': 2 },
});
