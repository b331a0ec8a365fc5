/** @file `npm run replay -- --log FILE`: what a library's early stopping would have done with each run of a log. */
import type { Setting } from '../engine/experiment/experiment.ts';
import { keyOf } from '../logs/runs.ts';
import type { LogCurve } from '../logs/curves.ts';
import type { WatchChoice } from '../logs/watch.ts';
import type { Direction, Parameter, Rule } from '../stopping/rule.ts';
import { directionToXgboost, XGBOOST } from '../stopping/rules/xgboost.ts';
import { AFTER_ITS_UPDATES } from '../stopping/training-loss.ts';
import { optionOf, type LogOptions } from './library-options.ts';
import { Mistake } from './mistake.ts';
import { askedChoices, readLogFiles } from './logs.ts';

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
  const said = directionSaid(rule, options);
  const { direction, words } = said ? { direction: watched.direction, words: '' } : taken(watched, rule, options);
  if (direction === null && !said)
    throw new Mistake(`--direction is missing: the name ${watched.metric} does not say it; add --direction min or max`);
  const directed = said || direction === null ? {} : inItsWords(rule, direction);
  return runs.map(({ name, curves }) => {
    const curve = curves.find((one) => keyOf(one) === keyOf(watched))!;
    const all = { ...settings, ...directed, ...stepsOf(curve, rule, options) };
    const watch = rule.start(all, direction ?? undefined);
    const stop = curve.values.findIndex((value) => watch.observe(value, {}));
    const kept =
      watched.split === 'train' && (rule.restores?.(all, stop !== -1) ?? true) ? ` ${AFTER_ITS_UPDATES}` : '';
    return {
      run: name,
      stop: stop === -1 ? null : stop,
      restored: watch.best === -1 ? null : watch.best,
      reason: `${watch.why()}${words}${kept}`,
    };
  });
}

const directionParameter = ({ parameters }: Rule) =>
  Object.entries(parameters).find(([, { role }]) => role === 'direction');

function directionSaid(rule: Rule, { others }: LogOptions): boolean {
  const key = directionParameter(rule)?.[0];
  return key !== undefined && others.some((arg) => arg.split('=')[0] === `--${optionOf(key)}`);
}

/** The direction as libraries call it: `min`, `less`, `false`. */
function inItsWords(rule: Rule, direction: Direction): Record<string, Setting> {
  const [key, parameter] = directionParameter(rule) ?? [];
  if (key === undefined) return {};
  return { [key]: (parameter as Extract<Parameter, { role: 'direction' }>).words[direction] };
}

/** How the watched metric improves; XGBoost takes that from the beginning of its name, whatever it is. */
function taken({ metric, direction }: WatchChoice, rule: Rule, options: LogOptions) {
  if (rule.label !== XGBOOST.label || options.direction !== undefined) return { direction, words: '' };
  const guessed = directionToXgboost(metric);
  if (guessed === direction) return { direction, words: '' };
  const words = ` XGBoost takes ${metric} to ${guessed === 'max' ? 'grow' : 'shrink'} by how its name begins; say --maximize true or false.`;
  return { direction: guessed, words };
}

/** The steps from one value to the next, for a rule that counts them, where the log has a clock that says so. */
function stepsOf({ clock }: LogCurve, rule: Rule, { others }: LogOptions): Record<string, Setting> {
  const key = 'eval_frequency';
  if (!(key in rule.parameters) || others.some((arg) => arg.startsWith(`--${optionOf(key)}`))) return {};
  const steps = clock.step;
  const every = steps && steps.length > 1 ? steps[1]! - steps[0]! : 0;
  const even = every > 0 && steps!.every((step, i) => step === steps![0]! + i * every);
  return even ? { [key]: every } : {};
}
