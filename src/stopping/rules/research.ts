/** @file The rules from the literature and from practice that no library owns, by the names that policies call them. */
import type { Rule } from '../rule.ts';
import { BUDGET } from './research/budget.ts';
import { COMPUTE_BUDGET } from './research/compute-budget.ts';
import { DISCREPANCY } from './research/discrepancy.ts';
import { EVIDENCE } from './research/evidence.ts';
import { GAP } from './research/gap.ts';
import { GL, PQ } from './research/generalisation-loss.ts';
import { GRADIENT_DISPARITY } from './research/gradient-disparity.ts';
import { LABEL_WAVE } from './research/label-wave.ts';
import { PATIENCE_IN_UNITS } from './research/patience.ts';
import { SLOPE } from './research/slope.ts';
import { EMA_PATIENCE, MEDIAN_PATIENCE } from './research/smoothed.ts';
import { THRESHOLD } from './research/threshold.ts';
import { UP } from './research/up.ts';

export const RESEARCH = {
  gl: GL,
  pq: PQ,
  up: UP,
  patience: PATIENCE_IN_UNITS,
  'ema-patience': EMA_PATIENCE,
  'median-patience': MEDIAN_PATIENCE,
  gap: GAP,
  threshold: THRESHOLD,
  slope: SLOPE,
  evidence: EVIDENCE,
  'gradient-disparity': GRADIENT_DISPARITY,
  'label-wave': LABEL_WAVE,
  discrepancy: DISCREPANCY,
  budget: BUDGET,
  'compute-budget': COMPUTE_BUDGET,
} as const satisfies Readonly<Record<string, Rule>>;
