/** @file The policy landscape of the rule of Keras: one pass over a history serves a whole row of patiences. */
import type { StoppingSettings } from '../engine/experiment/experiment.ts';
import type { Axis } from './axes.ts';
import { improves, kerasRule, replayKeras, type KerasRule } from './keras.ts';
import { Landscape, type ReplayCells, type Row } from './landscape.ts';
import { bestFrom, sweepPatience, type Sweep } from './patience-sweep.ts';
import { curveOf, type ReplicaRecord } from './records.ts';

/** The axes' own numbers in the settings do not matter, all else does. */
export function kerasLandscape(
  records: readonly ReplicaRecord[],
  settings: StoppingSettings,
  x: Axis,
  y: Axis | null,
): Landscape {
  const rule = kerasRule(settings);
  const sign = rule.mode === 'min' ? 1 : -1;
  const histories = records.map((record, r) => curveOf(record, settings.monitor, r));
  const later = histories.map((values) => bestFrom(values, sign));

  const columns = x.values.length;
  const sweep: Sweep = { stop: new Int32Array(columns), best: new Int32Array(columns) };

  /** Whether replica r would have improved on its best after an epoch. */
  const improvesAfter = (r: number, epoch: number, best: number, minDelta: number) =>
    improves(later[r]![epoch + 1]!, histories[r]![best] ?? NaN, sign, minDelta);

  function replayPatiences(ofRow: KerasRule, r: number, { stop, restored, falseStops }: Row): void {
    const values = histories[r]!;
    const { stop: stops, best: bests } = sweepPatience(values, ofRow, x.values, sweep);
    // Where a larger patience found a better epoch the stop was false; of those that found the last one all were, or none.
    const lastStop = stops[columns - 1]!;
    const lastBest = bests[columns - 1]!;
    const lastIsFalse = lastStop !== -1 && improvesAfter(r, lastStop, lastBest, ofRow.minDelta);
    const restores = rule.restoreBestWeights;
    const row = r * columns;
    for (let c = 0; c < columns; c++) {
      const at = stops[c]!;
      const best = bests[c]!;
      const end = at === -1 ? values.length - 1 : at;
      stop[row + c] = end;
      restored[row + c] = restores && best !== -1 ? best : end;
      if (at !== -1 && (best !== lastBest || lastIsFalse)) falseStops[c]!++;
    }
  }

  function replayEach(ofRow: KerasRule, r: number, { stop, restored, falseStops }: Row): void {
    x.values.forEach((value, c) => {
      const ofCell: KerasRule = { ...ofRow, [x.path]: value };
      const replay = replayKeras(histories[r]!, ofCell);
      stop[r * columns + c] = replay.stop;
      restored[r * columns + c] = replay.restored;
      if (replay.fired && improvesAfter(r, replay.stop, replay.best, ofCell.minDelta)) falseStops[c]!++;
    });
  }

  const replayReplica = x.path === 'patience' ? replayPatiences : replayEach;
  const replayCells: ReplayCells = (row, _columns, _replicas, into) => {
    const ofRow: KerasRule = y ? { ...rule, [y.path]: y.values[row]! } : rule;
    for (let r = 0; r < records.length; r++) replayReplica(ofRow, r, into);
  };
  return new Landscape(records, x, y, replayCells, 'row');
}
