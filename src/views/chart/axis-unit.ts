/** @file What the numbers of the epoch axis count: epochs, or what the epochs of one replica took until then. */
import { costUntil, type Workload } from '../../engine/cost.ts';
import type { AxisUnit } from '../../session/look.svelte.ts';
import { compact } from '../units.ts';

interface Unit {
  help: string;
  /** What some epochs take, given the updates made in them. */
  until: (workload: Workload, epochs: number, updates: number) => number;
}

export const AXIS_UNITS: Readonly<Record<AxisUnit, Unit>> = {
  epochs: { help: 'epochs trained', until: (_, epochs) => epochs },
  updates: { help: 'optimizer steps of a replica', until: (_workload, _epochs, updates) => updates },
  examples: {
    help: 'training points that a replica has learned from, again at each epoch',
    until: ({ points }, epochs) => epochs * points.train,
  },
  FLOPs: {
    help: 'floating-point operations of a replica’s training, evaluation not counted',
    until: (workload, epochs, updates) => costUntil(workload, epochs, updates).training,
  },
};

/**
 * Writes an epoch, counted from 0, in a unit; as epochs trained while the workload is not known. `recorded`, where the
 * batch size changes: the updates of one replica by the end of each epoch, NaN for those to come, which get no words.
 */
export function axisWords(
  unit: AxisUnit,
  workload: Workload | null,
  recorded: ArrayLike<number> | null,
): (epoch: number) => string {
  if (unit === 'epochs' || !workload) return (epoch) => String(epoch + 1);
  return (epoch) => {
    const updates = recorded ? recorded[epoch]! : (epoch + 1) * workload.updates;
    const value = AXIS_UNITS[unit].until(workload, epoch + 1, updates);
    return Number.isFinite(value) ? compact(value) : '';
  };
}
