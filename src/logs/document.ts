/** @file What was read, as the JSON document of the command line: values that JSON has no words for are spelled. */
import type { LogCurve, LogValues } from './curves.ts';
import type { Log } from './log.ts';

/** `null` is a missing value; NaN and infinities are words, as `replay` takes them. */
const spelled = (values: LogValues) =>
  values.map((value) => (value === null || Number.isFinite(value) ? value : String(value)));

export function documentOf({ runs, watched, judged, notes }: Log) {
  return {
    runs: runs.map(({ name, curves }) => ({ name, curves: curves.map(curveDocument) })),
    watched,
    judged,
    notes,
  };
}

function curveDocument({ name, split, set, metric, direction, percent, values, clock }: LogCurve) {
  const clocks = Object.fromEntries(Object.entries(clock).map(([unit, at]) => [unit, spelled(at)]));
  return { name, split, set, metric, direction, percent, values: spelled(values), clock: clocks };
}
