/** @file The rules from the literature and from practice that no library owns, by the names that policies call them. */
import type { Rule } from '../rule.ts';
import { BUDGET } from './research/budget.ts';
import { GAP } from './research/gap.ts';
import { GL, PQ } from './research/generalisation-loss.ts';
import { SLOPE } from './research/slope.ts';
import { EMA_PATIENCE, MEDIAN_PATIENCE } from './research/smoothed.ts';
import { THRESHOLD } from './research/threshold.ts';
import { UP } from './research/up.ts';

export const RESEARCH = {
  gl: GL,
  pq: PQ,
  up: UP,
  'ema-patience': EMA_PATIENCE,
  'median-patience': MEDIAN_PATIENCE,
  gap: GAP,
  threshold: THRESHOLD,
  slope: SLOPE,
  budget: BUDGET,
} as const satisfies Readonly<Record<string, Rule>>;
