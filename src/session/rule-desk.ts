/** @file A stopping rule under the hand, with what sets it: that of the workshop, or that of the reader's logs. */
import type { ActiveRule } from './active-rule.svelte.ts';
import type { Settings } from './settings.svelte.ts';
import type { ViewState } from './view-state.svelte.ts';

export interface RuleDesk {
  /** The settings whose `stopping.policy` it is. */
  readonly settings: Settings;
  readonly rule: ActiveRule;
  /** What its landscape shows. */
  readonly view: Pick<ViewState, 'landscape' | 'viewLandscape'>;
}
