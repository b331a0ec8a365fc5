/** @file Columns that say when a row was written: its epoch, its step, the time. They stand beside values, never for them. */

export type LogClock = 'epoch' | 'step' | 'time';

/** Of several columns of one clock the first in its list that has values is taken. */
const NAMES: Readonly<Record<LogClock, readonly string[]>> = {
  epoch: ['epoch', 'epochs', 'ep', 'e', 'training_epoch', 'current_epoch', 'epoch_num', 'num_epochs'],
  step: [
    'global_step',
    'step',
    'steps',
    '_step',
    'global_steps',
    '#',
    'iteration',
    'iterations',
    'iter',
    'iters',
    'it',
    'training_iteration',
    'n_iter',
    'num_updates',
    'updates',
    'update',
    'training_step',
    'train_step',
    'batch',
    'batches',
    'batch_idx',
    'round',
    'boosting_round',
    'num_boost_round',
    'tree',
    'trees',
    'timestep',
    'timesteps',
    'total_timesteps',
  ],
  time: [
    '_runtime',
    'elapsed',
    'elapsed_time',
    'relative_time',
    'relative_time_process',
    'relative_time_wall',
    'wall_time',
    'walltime',
    'wall',
    'time',
    'time_total_s',
    'timestamp',
    '_timestamp',
    'training_duration',
    'passed_time',
    'time_passed',
    'date',
    'datetime',
  ],
};

const RANKS = new Map<string, { clock: LogClock; rank: number }>(
  (Object.keys(NAMES) as LogClock[]).flatMap((clock) =>
    NAMES[clock].map((name, rank) => [name, { clock, rank }] as const),
  ),
);

/** Which clock a column is, and how far down the list of its names it stands; null for every other column. */
export function clockOf(name: string): { clock: LogClock; rank: number } | null {
  const plain = name.trim().toLowerCase().replace(/[()]/g, '').replaceAll(' ', '_');
  // Loggers put clocks into a folder: `train/epoch`, `trainer/global_step`.
  return RANKS.get(plain) ?? RANKS.get(plain.replace(/^(?:trainer|train|training|general|metrics?)[/.]/, '')) ?? null;
}

/** A column without a name, or one that pandas numbers its rows by: a clock only where there is no other. */
export const isRowNumber = (name: string): boolean => /^(?:|index|unnamed: ?0(?:\.\d+)?|level_\d)$/i.test(name.trim());
