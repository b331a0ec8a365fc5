/** @file `npm run replay -- --log FILE`: what a library's early stopping would have done with each run of a log. */
import type { Setting } from '../engine/experiment/experiment.ts';
import { keyOf } from '../logs/runs.ts';
import type { Direction } from '../stopping/rule.ts';
import type { Rule } from '../stopping/rule.ts';
import { optionOf, type LogOptions } from './library-options.ts';
import { Mistake } from './mistake.ts';
import { askedChoices, readLogFiles } from './logs.ts';

/** How libraries say which way a metric improves. */
const TOLD: Readonly<Record<string, Record<Direction, Setting>>> = {
  mode: { min: 'min', max: 'max' },
  comp: { min: 'less', max: 'greater' },
  maximize: { min: 'false', max: 'true' },
  greater_is_better: { min: 'false', max: 'true' },
};

export interface RunReplay {
  run: string;
  /** Evaluations from 0, as `replay` counts; null where there is none. */
  stop: number | null;
  restored: number | null;
  reason: string;
}

/** One replay a run. What the command line says of the direction in the library's own words comes first. */
export async function replayLog(
  options: LogOptions,
  rule: Rule,
  settings: Record<string, Setting>,
): Promise<RunReplay[]> {
  const { runs, watched } = await readLogFiles([options.log], askedChoices(options));
  const told = Object.keys(TOLD).filter((name) => name in rule.parameters);
  const said = told.some((name) => options.others.some((arg) => arg.split('=')[0] === `--${optionOf(name)}`));
  const { direction } = watched;
  if (direction === null && !said)
    throw new Mistake(`--direction is missing: the name ${watched.metric} does not say it; add --direction min or max`);
  const directed =
    said || direction === null ? {} : Object.fromEntries(told.map((name) => [name, TOLD[name]![direction]]));
  return runs.map(({ name, curves }) => {
    const { values } = curves.find((curve) => keyOf(curve) === keyOf(watched))!;
    const watch = rule.start({ ...settings, ...directed }, direction ?? undefined);
    const stop = values.findIndex((value) => watch.observe(value, {}));
    return {
      run: name,
      stop: stop === -1 ? null : stop,
      restored: watch.best === -1 ? null : watch.best,
      reason: watch.why(),
    };
  });
}
