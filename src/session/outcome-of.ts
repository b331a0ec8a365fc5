/** @file What the active rule leads to on the run on screen, for files and checkpoints. */
import type { Outcome } from '../evaluation/outcome.ts';
import type { Replays } from './replays.svelte.ts';
import type { Run } from './run.svelte.ts';
import type { Settings } from './settings.svelte.ts';
import type { ViewState } from './view-state.svelte.ts';

/** What files and checkpoints are made from: a part of the session. */
export interface OnScreen {
  readonly run: Run;
  readonly settings: Settings;
  readonly view: ViewState;
  readonly replays: Replays;
}

/** What the active rule leads to, once its rules are there; null if no replica was ever sound. Rejects where it cannot be told. */
export async function outcomeOf({
  replays,
  settings,
}: Pick<OnScreen, 'replays' | 'settings'>): Promise<Outcome | null> {
  const { rule } = replays;
  if (!settings.book.knows(settings.experiment.stopping.policy)) await rule.load();
  if (rule.trouble !== null) throw new Error(rule.trouble);
  return replays.outcome;
}
