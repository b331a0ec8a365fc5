/** @file Two round clouds: the best border is a straight line, so every bend is overfitting. */
import { cloud } from '../clouds.ts';

const CENTRE = 0.75;

export const dataset = cloud({
  id: 'gaussians',
  label: 'two Gaussians',
  about: 'Two round clouds that overlap: the best border is straight, so every bend in it is learned noise.',
  short: 'two round clouds',
  domain: [
    [-3.5, 3.5],
    [-3.5, 3.5],
  ],
  positions: 0,
  place: (label) => (label === 1 ? [CENTRE, CENTRE] : [-CENTRE, -CENTRE]),
  mean: [0, 0],
  variance: [CENTRE ** 2, CENTRE ** 2],
  probability(x, y, sigma) {
    const side = CENTRE * (x + y);
    if (sigma === 0) return side === 0 ? 0.5 : side > 0 ? 1 : 0;
    return 1 / (1 + Math.exp((-2 * side) / (sigma * sigma)));
  },
  suggested: { 'data.noise': 1, 'data.trainSize': 40, 'data.validationSize': 40, 'model.inputScale': 0.5 },
});
