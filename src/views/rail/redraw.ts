/** @file The choices of what is redrawn for each replica, as options of one list. */
import type { Experiment } from '../../engine/experiment/experiment.ts';

type Redraw = Experiment['replicas']['redraw'];

/** Sharing everything is left out: replicas that are all alike have nothing to say about variance. */
export const REDRAWS = {
  everything: { data: true, weights: true, order: true },
  'data only': { data: true, weights: false, order: false },
  'weights only': { data: false, weights: true, order: false },
  'order only': { data: false, weights: false, order: true },
  'data, weights': { data: true, weights: true, order: false },
  'data, order': { data: true, weights: false, order: true },
  'weights, order': { data: false, weights: true, order: true },
} as const satisfies Record<string, Redraw>;

/** `nothing` only for an experiment that came from elsewhere. */
export type RedrawName = keyof typeof REDRAWS | 'nothing';

export function redrawName(redraw: Redraw): RedrawName {
  const names = Object.keys(REDRAWS) as (keyof typeof REDRAWS)[];
  const same = (name: keyof typeof REDRAWS) =>
    (['data', 'weights', 'order'] as const).every((what) => REDRAWS[name][what] === redraw[what]);
  return names.find(same) ?? 'nothing';
}
