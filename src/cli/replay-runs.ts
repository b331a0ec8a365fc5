/** @file `npm run replay` with a rule over a set of runs: what Optuna or Ray Tune would have done with the runs of a log. */
import { keyOf } from '../logs/runs.ts';
import { RUNS_RULES } from '../stopping/over-runs/index.ts';
import { replayRuns } from '../stopping/over-runs/runs-rule.ts';
import { libraryIn, type askedOfRuns, type LogOptions } from './library-options.ts';
import { Mistake } from './mistake.ts';
import { askedChoices, readLogFiles } from './logs.ts';
import type { RunReplay } from './replay-log.ts';

type MetricValues = (number | null)[];

interface NamedRun {
  name: string;
  values: MetricValues;
}

/** The rule over a set of runs that is asked for; null where it is a rule for each run alone. */
export function runsRuleIn(argv: readonly string[]): keyof typeof RUNS_RULES | null {
  const library = libraryIn(argv);
  return library !== null && Object.hasOwn(RUNS_RULES, library) ? (library as keyof typeof RUNS_RULES) : null;
}

type Asked = ReturnType<ReturnType<typeof askedOfRuns>['read']>;

/** One line a run, as `replayLog`: runs of a log, or given as they are. Throws a Mistake without a direction. */
export async function replaySet(
  { rule, settings, order, study, direction: said }: Asked,
  from: LogOptions | readonly MetricValues[] | ReadonlyMap<string, MetricValues>,
): Promise<RunReplay[]> {
  const { runs, direction, metric } = 'log' in from ? await runsOfLog(from) : { runs: runsOf(from), ...AS_SAID };
  const wanted = said ?? direction;
  if (wanted === null)
    throw new Mistake(`--direction is missing: ${metric} does not say it; add --direction min or max`);
  const options = { direction: wanted, order, ...(study !== undefined && { study }) };
  const histories = runs.map(({ values }) => values);
  return replayRuns(histories, rule, settings, options).map(({ stop, fired, best, why }, i) => ({
    run: runs[i]!.name,
    stop: fired ? stop : null,
    restored: best === -1 ? null : best,
    reason: why,
  }));
}

/** Standard input has no name that would say it. */
const AS_SAID = { direction: null, metric: 'standard input' };

async function runsOfLog(options: LogOptions) {
  const { runs, watched } = await readLogFiles([options.log], askedChoices(options));
  const valuesIn = (run: (typeof runs)[number]) => run.curves.find((curve) => keyOf(curve) === keyOf(watched))!.values;
  return {
    runs: runs.map((run): NamedRun => ({ name: run.name, values: [...valuesIn(run)] })),
    direction: watched.direction,
    metric: `the name ${watched.metric}`,
  };
}

/** They are numbered from 0 where they have no names. */
function runsOf(given: readonly MetricValues[] | ReadonlyMap<string, MetricValues>): NamedRun[] {
  if (given instanceof Map)
    return [...(given as ReadonlyMap<string, MetricValues>)].map(([name, values]) => ({ name, values }));
  return (given as readonly MetricValues[]).map((values, i) => ({ name: String(i), values }));
}
