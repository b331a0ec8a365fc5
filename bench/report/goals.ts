/** @file The performance goals, each with its measurement and whether it is met. */
import { type ContenderName } from '../contenders.ts';
import { BASE, caseName } from '../matrix.ts';
import type { CaseResult, Results } from '../results.ts';
import { summarise } from '../statistics.ts';
import { withDigits, table } from '../table.ts';
import type { Timing } from '../training.ts';
import { later, firstScripts } from './page.ts';
import { speedup } from './training.ts';

interface Goal {
  what: string;
  goal: string;
  /** Null if it was not measured. */
  measured: string | null;
  met: boolean | null;
}

/** Which of ours competes with which of theirs. */
const TWINS = [
  ['fused webgpu', 'tfjs webgpu'],
  ['fused wasm', 'tfjs wasm'],
] as const;

/** Those that were measured. */
export function goalsTable(results: Results): string {
  const rows = goals(results).flatMap(({ what, goal, measured, met }) =>
    measured === null ? [] : [[what, goal, measured, met ? 'met' : 'missed']],
  );
  return table(['goal', 'wanted', 'measured', ''], rows);
}

function goals({ cases, growth, replay, rules, visits, pauses, webgpuScripts, weights }: Results): Goal[] {
  const base = cases.find((result) => caseName(result.case) === caseName(BASE));
  const atLeast = (what: string, wanted: number, got: number | null): Goal => ({
    what,
    goal: `≥ ${wanted}×`,
    measured: got === null ? null : `${withDigits(got)}×`,
    met: got === null ? null : got >= wanted,
  });
  const below = (what: string, wanted: number, unit: string, values: readonly number[] | null): Goal => {
    const got = values ? summarise(values).median : null;
    return {
      what,
      goal: `< ${wanted} ${unit}`,
      measured: got === null ? null : `${withDigits(got)} ${unit}`,
      met: got === null ? null : got < wanted,
    };
  };
  return [
    atLeast(
      'WebGPU against tfjs operations on it, base case',
      20,
      base ? speedup(base, 'fused webgpu', 'tfjs webgpu') : null,
    ),
    atLeast('WebGPU against jax-js on it, base case', 4, base ? speedup(base, 'fused webgpu', 'jax-js webgpu') : null),
    atLeast('processor against the faster of tfjs and jax-js on wasm, base case', 3, base ? againstWasm(base) : null),
    ...TWINS.flatMap(([own, other]) => [neverSlower(cases, own, other), flat(growth, own)]),
    below(
      'default experiment in the page, 400 epochs',
      5,
      's',
      visits && visits.hasty.map((visit) => visit.finished / 1000),
    ),
    ...(['fused webgpu', 'fused wasm'] as const).map((own) =>
      below(`a pause answered, ${own}: longest`, 100, 'ms', pauses && [Math.max(...pauses[own])]),
    ),
    below(
      'first contentful paint',
      1000,
      'ms',
      visits && [...visits.hasty, ...visits.rested].map((visit) => visit.firstPaint),
    ),
    below('JavaScript before the first paint, compressed', 100, 'kB', weights ? [firstScripts(weights) / 1000] : null),
    below(
      'JavaScript fetched after that to train on WebGPU, compressed',
      150,
      'kB',
      weights && webgpuScripts ? [later(weights, webgpuScripts) / 1000] : null,
    ),
    below('replay of 64 × 1,000', 8, 'ms', replay && replay.replay!),
    slowest(rules),
    below('decomposition of the outcome at 256 points', 8, 'ms', replay && replay.outcome!),
    below('landscape of 64 × 24 policies', 100, 'ms', replay && replay.landscape!),
  ];
}

function slowest(rules: Results['rules']): Goal {
  const known = Object.entries(rules ?? {}).map(([name, ms]) => ({ name, ms: summarise(ms).median }));
  const worst = known.reduce((a, b) => (b.ms > a.ms ? b : a), known[0] ?? { name: '', ms: NaN });
  return {
    what: 'replay of 64 × 1,000 by the slowest rule',
    goal: '< 8 ms',
    measured: rules && `${withDigits(worst.ms)} ms (${worst.name})`,
    met: worst.ms < 8,
  };
}

function againstWasm(base: CaseResult): number | null {
  const ratios = (['tfjs wasm', 'jax-js wasm'] as const).map((other) => speedup(base, 'fused wasm', other));
  return ratios.some((ratio) => ratio === null) ? null : Math.min(...(ratios as number[]));
}

function neverSlower(cases: readonly CaseResult[], own: ContenderName, other: ContenderName): Goal {
  const ratios = cases.flatMap((result) => {
    const ratio = speedup(result, own, other);
    return ratio === null ? [] : [{ ratio, name: caseName(result.case) }];
  });
  const worst = ratios.reduce((a, b) => (b.ratio < a.ratio ? b : a), ratios[0] ?? { ratio: NaN, name: '' });
  return {
    what: `${own} never slower than ${other}`,
    goal: '≥ 1× in every case',
    measured: ratios.length === 0 ? null : `least ${withDigits(worst.ratio)}× (${worst.name})`,
    met: ratios.length === 0 ? null : worst.ratio >= 1,
  };
}

/** The cost of a replica may grow by as much as the measurements spread. */
function flat(growth: readonly Timing[], contender: ContenderName): Goal {
  const known = growth.flatMap((timing) =>
    timing.contender === contender && timing.spread ? [{ R: timing.case.replicas, ...timing.spread }] : [],
  );
  return {
    what: `${contender}: cost of a replica from R = 1 to 128`,
    goal: 'falls or stays',
    measured:
      known.length === 0 ? null : `${known.map(({ R, median }) => withDigits((1000 * median) / R)).join(', ')} µs`,
    met: known.every(({ R, lower }, i) => i === 0 || lower / R <= known[i - 1]!.upper / known[i - 1]!.R),
  };
}
