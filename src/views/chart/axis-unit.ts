/** @file The units of the epoch axis: epochs, or the compute that one replica has taken by then. */
import { epochCost, type Workload } from '../../engine/record/cost.ts';
import type { Meter } from '../../stopping/rule.ts';
import type { AxisUnit } from '../../session/view-state.svelte.ts';
import { compact } from '../../words/units.ts';

interface Unit {
  help: string;
  /** Where a tape counts it. */
  curve: Exclude<Meter, 'seconds'>;
  /** What an epoch takes. */
  each: (workload: Workload) => number;
}

const UNITS: Readonly<Record<Exclude<AxisUnit, 'epochs'>, Unit>> = {
  updates: { help: 'optimizer steps of a replica', curve: 'updates', each: ({ updates }) => updates },
  examples: {
    help: 'training points that a replica has learned from, again at each epoch',
    curve: 'examples',
    each: ({ points }) => points.train,
  },
  FLOPs: {
    help: 'floating-point operations of a replica’s training, evaluation not counted',
    curve: 'flops',
    each: (workload) => epochCost(workload).training,
  },
};

export const AXIS_UNITS: readonly AxisUnit[] = ['epochs', 'updates', 'examples', 'FLOPs'];
export const helpOf = (unit: AxisUnit): string => (unit === 'epochs' ? 'epochs trained' : UNITS[unit].help);

/**
 * Writes an epoch, counted from 0, in a unit; as epochs trained while the workload is not known. `recorded`, where epochs
 * are not all alike: what the first replica of a tape took by the end of each, NaN for those to come, which get no words.
 */
export function axisWords(
  unit: AxisUnit,
  workload: Workload | null,
  recorded: Readonly<Record<Unit['curve'], ArrayLike<number>>> | null,
): (epoch: number) => string {
  if (unit === 'epochs' || !workload) return (epoch) => String(epoch + 1);
  const { curve, each } = UNITS[unit];
  return (epoch) => {
    const value = recorded ? recorded[curve][epoch]! : (epoch + 1) * each(workload);
    return Number.isFinite(value) ? compact(value) : '';
  };
}
