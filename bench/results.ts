/** @file The results of one run of the bench, as `--json` writes them. */
import type { Machine } from './browser.ts';
import type { ContenderName } from './contenders.ts';
import type { Case } from './matrix.ts';
import type { Visit } from './start.ts';
import type { Timing } from './training.ts';

export interface CaseResult {
  case: Case;
  timings: Timing[];
}

export interface Results {
  /** ISO 8601. */
  date: string;
  minutes: number;
  machine: Machine;
  baseline: ContenderName;
  /** Every contender on every case, in the order of the matrix; those of one case in turns. */
  cases: CaseResult[];
  /** Our own from R = 1 to 128, all in turns with one another. */
  growth: Timing[];
  /** Milliseconds of each repetition, by what was done. */
  replay: Record<string, number[]> | null;
  /** Milliseconds of each replay of 64 replicas × 1,000 epochs, by rule. */
  rules: Record<string, number[]> | null;
  /** Milliseconds of an epoch of the base case on WebGPU in each round, by what was left out. */
  profile: Record<string, number[]> | null;
  /** Train pressed at once, and after a rest in which the page tries its backends at leisure. */
  visits: { hasty: Visit[]; rested: Visit[] } | null;
  /** Milliseconds from pressing Pause to the page saying so. */
  pauses: Record<'fused webgpu' | 'fused wasm', number[]> | null;
  /** Paths of all scripts that are fetched up to the first epoch on WebGPU. */
  webgpuScripts: string[] | null;
  weights: { name: string; raw: number; gzip: number; first: boolean }[] | null;
}
