/** @file Two half circles that reach into one another. */
import { arcsProbability } from '../arcs.ts';
import { cloud } from '../clouds.ts';

const upper = (t: number) => [Math.cos(Math.PI * t), Math.sin(Math.PI * t)] as const;
const lower = (t: number) => [1 - Math.cos(Math.PI * t), 0.5 - Math.sin(Math.PI * t)] as const;

export const dataset = cloud({
  id: 'moons',
  label: 'two moons',
  about: 'Two half circles that reach into one another: the border has to bend twice.',
  short: 'two moons',
  domain: [
    [-1.8, 2.8],
    [-1.25, 1.75],
  ],
  positions: 1,
  place: (label, t) => (label === 0 ? upper(t) : lower(t)),
  mean: [0.5, 0.25],
  // E cos² = E sin² = ½ and E sin = 2/π over half a turn.
  variance: [0.75, 0.5625 - 1 / Math.PI],
  probability: arcsProbability([upper, lower], Math.PI),
  suggested: { 'data.noise': 0.3, 'data.trainSize': 60, 'data.validationSize': 60, 'model.inputScale': 2 },
});
