/** @file What has to be made anew when settings change, as texts that are equal where nothing has to be. */
import type { Experiment } from './experiment.ts';
import { SETTINGS, settingsIn } from './settings/index.ts';
import type { Invalidates } from './settings/kinds.ts';
import { at } from './tree.ts';

const ALL = settingsIn(SETTINGS).map(({ path, entry }) => ({ keys: path.split('.'), entry }));

/** The settings whose change invalidates any of these. */
function key(experiment: Experiment, invalidated: readonly Invalidates[]): string {
  const settings = ALL.filter(({ entry }) => invalidated.includes(entry.invalidates ?? 'run'));
  return JSON.stringify(settings.map(({ keys }) => at(experiment, keys)));
}

/** Where a run is halted by its stopping rule, the rule decides what is trained. */
const ruleIn = ({ training }: Experiment): Invalidates[] => (training.haltWhenStopped ? ['nothing'] : []);

/** Equal where the data are drawn alike. */
export const dataKey = (experiment: Experiment): string => key(experiment, ['data']);

/** Equal where a run of the one is a run of the other; more epochs only make it longer. */
export const tapeKey = (experiment: Experiment): string => key(experiment, ['data', 'run', ...ruleIn(experiment)]);

/** Equal where a fresh run would be the same to its end. */
export const runKey = (experiment: Experiment): string =>
  key(experiment, ['data', 'run', 'length', ...ruleIn(experiment)]);

/** Equal where an epoch takes as long, given the sizes of data and network. */
export function timingKey(experiment: Experiment): string {
  return JSON.stringify(
    ALL.flatMap(({ keys, entry: { timing, kind } }) => {
      const value = at(experiment, keys);
      if (timing === 'on') return [[value].flat().map((amount) => Number(amount) > 0)];
      return timing === 'value' ? [kind === 'named' ? (value as { name: string }).name : value] : [];
    }),
  );
}
