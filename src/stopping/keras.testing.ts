/** @file For tests: the rule of Keras as a policy, set as a page begins with it, and with the direction decided. */
import { DEFAULT_POLICY, type Monitor, type RulePolicy } from '../engine/experiment/experiment.ts';
import type { KerasRule } from './keras.ts';
import { directionOf } from './roles.ts';
import { kerasRule } from './rules/keras.ts';
import type { KERAS_PARAMETERS } from './rules/keras-description.ts';
import type { SettingsOf } from './rule.ts';

export type KerasSettings = SettingsOf<typeof KERAS_PARAMETERS> & { monitor: Monitor };
export type KerasPolicy = RulePolicy & KerasSettings;

export const kerasPolicy = (over: Partial<KerasSettings> = {}): KerasPolicy => ({ ...DEFAULT_POLICY, ...over });

export const kerasRuleOf = (policy: KerasPolicy): KerasRule => kerasRule(policy, directionOf(policy.monitor));
