/** @file The runs of a log as replicas that every rule can be replayed on. */
import type { Metric } from '../engine/experiment/experiment.ts';
import type { ReplicaRecord } from '../stopping/records.ts';
import type { Direction } from '../stopping/rule.ts';
import { errorOfValue, historyOf, type LogData, type MetricInUse } from './run-data.ts';

/** What rules call the metric that is watched. */
export const monitorFor = (direction: Direction): Metric =>
  direction === 'min' ? 'validation-loss' : 'validation-accuracy';

/** Whether what is watched and what is judged by are one. */
export const judgesItself = ({ watched, judged }: Pick<LogData, 'watched' | 'judged'>): boolean =>
  watched.split === judged.split && watched.set === judged.set && watched.metric === judged.metric;

/** `direction` is that of what is watched, where its name does not say it. Gaps have no error. */
export function recordsOfLog(log: LogData, direction: Direction): ReplicaRecord[] {
  const by: Pick<MetricInUse, 'percent'> & { direction: Direction } = judgesItself(log)
    ? { percent: log.watched.percent, direction }
    : { percent: log.judged.percent, direction: log.judged.direction ?? 'min' };
  return log.runs.map((run) => {
    const judged = run.judged ?? run.watched;
    return {
      epochs: run.watched.values.length,
      curves: {
        [monitorFor(direction)]: historyOf(run.watched),
        ...(run.train && { 'training-loss': historyOf(run.train) }),
      },
      testLoss: null,
      error: judged.values.map((value) => errorOfValue(value, by.direction, by.percent)),
    };
  });
}
