/** @file Reads a column's name: which metric on which data it holds, or that it only counts rows. */

export type Role = 'validation' | 'train' | 'test';
export type LogMetric = 'loss' | 'accuracy';

export interface Named {
  /** What stands before the metric: the name of a run; empty if nothing does. */
  run: string;
  role: Role;
  metric: LogMetric;
  /** Logged at every step beside a value for the epoch. */
  perStep: boolean;
}

const METRIC =
  /^(.*?)(?:^|[\s/._:-]+)(?:(val|valid|validation|eval|dev|test|train|training)[\s/._-]*)?(loss|acc|accuracy)(?:_(epoch|step))?$/i;

/** `val_loss`, `eval/loss`, `run 3 - val_accuracy`, `train_loss_epoch`, …; null for every other name. */
export function metricOf(name: string): Named | null {
  const match = METRIC.exec(name.trim());
  if (!match) return null;
  const [, run, data, metric, per] = match;
  const split = data?.toLowerCase() ?? 'train';
  return {
    run: run!,
    role: split === 'test' ? 'test' : split.startsWith('train') ? 'train' : 'validation',
    metric: metric!.toLowerCase() === 'loss' ? 'loss' : 'accuracy',
    perStep: per?.toLowerCase() === 'step',
  };
}

/** Columns that count or time the rows, the ones that tell epochs apart first. */
const INDICES = ['epoch', 'step', 'global_step', '_step', 'iteration'];
const INCIDENTAL = new Set([...INDICES, '', 'unnamed: 0', 'wall time', 'time', 'timestamp', 'lr', 'learning_rate']);
const GROUPS = new Set(['run', 'run_id', 'run_name', 'seed', 'trial', 'fold', 'replica']);

/** The column whose equal values make one epoch; −1 if every row is an epoch. */
export function indexColumn(names: readonly string[]): number {
  const lower = names.map((name) => name.toLowerCase());
  return INDICES.map((index) => lower.indexOf(index)).find((at) => at !== -1) ?? -1;
}

/** The column that tells runs apart; −1 if there is none. */
export const groupColumn = (names: readonly string[]) => names.findIndex((name) => GROUPS.has(name.toLowerCase()));

export const isIncidental = (name: string) => INCIDENTAL.has(name.toLowerCase()) || GROUPS.has(name.toLowerCase());
