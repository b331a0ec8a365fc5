/** @file The verdict on a rule over the runs of a log, in sentences: what it keeps, what another would, and how sure that is. */
import type { Estimate } from '../decomposition/estimate.ts';
import { FEW_RUNS, multipleFor, surenessOf, type Sureness } from '../evaluation/few-runs.ts';
import type { RuleDifference, Summary } from '../evaluation/run-outcomes.ts';
import type { Direction } from '../stopping/rule.ts';
import { fixed, plusMinus, countOf } from './numbers.ts';

/** How the metric that runs are judged by is spoken of. */
export interface MetricWords {
  /** As the log calls it. */
  name: string;
  direction: Direction;
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
export const inWords = (n: number): string => NUMBERS[n] ?? String(n);
const capital = (text: string) => text.replace(/^./, (first) => first.toUpperCase());

/** `above` where less is better. */
export const beyond = ({ direction }: MetricWords): string => (direction === 'min' ? 'above' : 'below');

/** More or less of a metric than another rule, by the error that it saves. */
const amountOf = (error: number, { direction, name }: MetricWords): string =>
  `${error < 0 === (direction === 'min') ? 'less' : 'more'} ${name}`;

const size = ({ value, se }: Estimate) => `**${plusMinus(Math.abs(value), se)}**`;

/** `name` is that of the rule; `one` the noun of an evaluation. Strong parts are marked by `**`. */
export function stopsInWords(name: string, summary: Summary, metric: MetricWords, one: string): string {
  const { runs, early, never, trained, length, above } = summary;
  const stopped =
    early > 0 ? `stops **${early} of ${runs}** runs before their best` : `keeps the best of **all ${runs}** runs`;
  const idle = never === 0 ? '' : ` It never stops ${never === runs ? 'any' : inWords(never)} of them.`;
  const after = `after **${Math.round(trained.value)}** of ${countOf(Math.round(length), one)} on average.`;
  return `**${name}** ${notAll(stopped, summary)}, ${after}${idle}${above ? ` ${lossInWords(above, metric)}` : ''}`;
}

/** Runs that keep another than their best need not have been stopped before it: the rule may not restore. */
function notAll(stopped: string, { early, above, runs }: Summary): string {
  if (early > 0 || above === null || above.value <= 0) return stopped;
  return `stops **no one of ${runs}** runs before its best`;
}

function lossInWords(above: Estimate, metric: MetricWords): string {
  if (above.value <= 0) return 'Nothing is lost against the best of each run.';
  return `What it keeps lies ${size(above)} ${beyond(metric)} the best of each run.`;
}

export interface OneRun {
  stop: number;
  fired: boolean;
  kept: number;
  best: number;
  /** Error above the best of the run. */
  above: number;
}

/** Evaluations as they are shown. */
export function oneRunInWords(
  name: string,
  { stop, fired, kept, best, above }: OneRun,
  metric: MetricWords,
  one: string,
): string {
  const where = fired ? `stops at ${one} **${stop}**` : 'never stops this run';
  const lost =
    above > 0 ? `What it keeps lies **${fixed(above, 4)}** ${beyond(metric)} that best.` : 'Nothing is lost.';
  return `**${name}** ${where} and keeps ${one} **${kept}**; its best is **${best}**. ${lost}`;
}

const SURE: Readonly<Record<Sureness, string>> = {
  sure: 'more than chance',
  hint: 'a hint, no more',
  level: 'no difference to be seen',
  unknown: 'nobody can say how sure that is',
};

/** What another rule would have kept instead. */
export function otherInWords(
  name: string,
  { kept, trained }: RuleDifference,
  runs: number,
  metric: MetricWords,
  one: string,
): string {
  if (!kept) return '';
  const price =
    Math.abs(trained.value) < 0.5 && (trained.se ?? 0) < 0.5
      ? `as many ${one}s`
      : `${size(trained)} ${one}s ${trained.value > 0 ? 'more' : 'fewer'} a run`;
  if (kept.value === 0 && kept.se === 0) return `**${name}** would have kept exactly as much for ${price}.`;
  return `**${name}** would have kept ${size(kept)} ${amountOf(kept.value, metric)} for ${price}: ${SURE[surenessOf(kept, runs)]}.`;
}

/** How much so many runs can say; empty where they are many. */
export function fewInWords(runs: number): string {
  if (runs < 2) return 'One run says nothing about the next one.';
  if (runs >= FEW_RUNS) return '';
  const times = fixed(multipleFor(runs), 1);
  return `${capital(inWords(runs))} runs: a difference has to pass ${times} standard errors, not 2, before it is more than a hint.`;
}

/** What a search found, on runs that took no part in the choice. */
export function foundInWords(
  name: string,
  found: { choices: number; different: number; judged: number; kept: Estimate | null; trained: Estimate },
  runs: number,
  metric: MetricWords,
  one: string,
): string {
  const { choices, different, judged, kept, trained } = found;
  const chosen = `On all ${runs} runs, **${name}** is best at this price.`;
  if (!kept) return `${chosen} On the runs that took no part in the choice none can be judged.`;
  const how =
    choices > 1
      ? `${different > 1 ? 'Leave one run out and the choice can change' : 'It is chosen again whichever run is left out'}: on the run that took no part,`
      : `Chosen on every second run, and judged on the ${judged} others,`;
  const price = `${size(trained)} ${one}s ${trained.value > 0 ? 'more' : 'fewer'}`;
  const verdict = SURE[surenessOf(kept, judged)];
  const few = judged < FEW_RUNS ? `, from ${inWords(judged)} runs` : '';
  return `${chosen} ${how} the chosen rule keeps ${size(kept)} ${amountOf(kept.value, metric)} than yours, for ${price}: ${verdict}${few}.`;
}

/** Seconds as people say them. */
export function durationInWords(seconds: number): string {
  const units: [number, string][] = [
    [86400, 'days'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const [size, unit] = units.find(([of]) => seconds >= 2 * of) ?? [1, 's'];
  return `${Number((seconds / size).toPrecision(2))}\u00a0${unit}`;
}
