/** @file Chooses another data set. */
import { datasetOf } from '../../../datasets/index.ts';
import type { Session } from '../../session/session.svelte.ts';
import type { Settings } from '../../session/settings.svelte.ts';
import { csvDialog } from '../../session/csv-import.svelte.ts';
import { notices } from '../../session/notices.svelte.ts';

/** The choice that asks for a file. */
export const CSV = 'csv';

/** Takes a dataset's id or `CSV`; the reader's own table, once it is there, is chosen already. */
export function chooseData({ settings }: Session, id: string): void {
  if (id === CSV) csvDialog.ask();
  else if (datasetOf(id)) {
    settings.chooseDataset(id);
    tellDropped(settings);
  }
}

/** Says that the stopping rule could not come along. */
export function tellDropped({ policyDropped }: Settings): void {
  if (policyDropped)
    notices.say('These data do not record what the stopping rule needs: patience (Keras 3) decides again.');
}
