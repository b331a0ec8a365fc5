/** @file Tables of the trainers' times: by case, as ratios, and along the sweeps. */
import { CONTENDERS, type ContenderName } from '../contenders.ts';
import { caseName, SWEEPS, type Case } from '../matrix.ts';
import { pairedRatio, summarise } from '../statistics.ts';
import { withDigits, table } from '../table.ts';
import type { CaseResult } from '../results.ts';
import type { Timing } from '../training.ts';

export const timingOf = ({ timings }: CaseResult, contender: ContenderName): Timing | undefined =>
  timings.find((timing) => timing.contender === contender && timing.spread !== null);

/** How many times `contender` is as fast as `baseline`; null if either was not timed. */
export function speedup(result: CaseResult, contender: ContenderName, baseline: ContenderName): number | null {
  const own = timingOf(result, contender);
  const other = timingOf(result, baseline);
  return own && other ? pairedRatio(other.ms, own.ms) : null;
}

/** The contenders that were timed at least once. */
const present = (cases: readonly CaseResult[]) =>
  CONTENDERS.filter((contender) => cases.some((result) => timingOf(result, contender)));

/** Milliseconds for an epoch of all replicas: median and the quartiles about it. */
export function timesTable(cases: readonly CaseResult[]): string {
  const contenders = present(cases);
  const rows = cases.map((result) => [
    caseName(result.case),
    ...contenders.map((contender) => {
      const timing = timingOf(result, contender);
      if (!timing?.spread) return '–';
      const { median, lower, upper } = timing.spread;
      return `${timing.cut ? '~' : ''}${withDigits(median)} (${withDigits(lower)}–${withDigits(upper)})`;
    }),
  ]);
  return table(['ms per epoch', ...contenders], rows);
}

export function ratiosTable(cases: readonly CaseResult[], baseline: ContenderName): string {
  const contenders = present(cases);
  const rows = cases.map((result) => [
    caseName(result.case),
    ...contenders.map((contender) => {
      const ratio = speedup(result, contender, baseline);
      return ratio === null ? '–' : `${withDigits(ratio)}×`;
    }),
  ]);
  return table([`times as fast as ${baseline}`, ...contenders], rows);
}

/** Microseconds of one replica's epoch along each sweep. */
export function growthTables(cases: readonly CaseResult[]): string {
  const byName = new Map(cases.map((result) => [caseName(result.case), result]));
  const contenders = present(cases);
  const axes: Readonly<Record<keyof typeof SWEEPS, string>> = {
    replicas: 'µs per replica-epoch as R grows',
    samples: '… as N grows',
    model: '… as the model grows',
    batch: '… as batches shrink',
  };
  return (Object.keys(axes) as (keyof typeof SWEEPS)[])
    .map((axis) => {
      const rows = SWEEPS[axis].flatMap((one: Case) => {
        const result = byName.get(caseName(one));
        if (!result) return [];
        const cost = (contender: ContenderName) => {
          const spread = timingOf(result, contender)?.spread;
          return spread ? withDigits((1000 * spread.median) / one.replicas) : '–';
        };
        const value = one[axis];
        return [[Array.isArray(value) ? value.join('-') : String(value), ...contenders.map(cost)]];
      });
      return table([axes[axis], ...contenders], rows);
    })
    .join('\n\n');
}

/** What an epoch is faster by without a part, of the median with all of them. */
export function profileTable(profile: Readonly<Record<string, number[]>>): string {
  const [whole] = Object.values(profile);
  const rows = Object.entries(profile).map(([part, ms]) => {
    const { median, lower, upper } = summarise(ms);
    const saved = `${Math.round(100 * (1 - pairedRatio(ms, whole!)))} %`;
    return [part, `${withDigits(median)} (${withDigits(lower)}–${withDigits(upper)})`, ms === whole ? '' : saved];
  });
  return table(['left out', 'ms per epoch', 'saves'], rows);
}

/** Why some contenders have no times. */
export function failures(cases: readonly CaseResult[]): string {
  return cases
    .flatMap(({ case: one, timings }) =>
      timings.flatMap(({ contender, failure }) =>
        failure === null ? [] : [`- ${contender}, ${caseName(one)}: ${failure}`],
      ),
    )
    .join('\n');
}
