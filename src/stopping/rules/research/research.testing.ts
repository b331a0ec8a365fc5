/** @file What the tests of rules share: a rule with its defaults, run over a history. */
import type { Setting } from '../../../engine/experiment/experiment.ts';
import type { Rule, SettingsOf, Watch } from '../../rule.ts';

export function defaultsOf(rule: Rule): Record<string, Setting> {
  return Object.fromEntries(Object.entries(rule.parameters).map(([name, parameter]) => [name, parameter.default]));
}

export function started<P extends Rule['parameters']>(rule: Rule<P>, settings: Partial<SettingsOf<P>>): Watch {
  return rule.start({ ...defaultsOf(rule as unknown as Rule), ...settings } as SettingsOf<P>);
}

/** Epochs trained at the stop (index + 1), null if it never stops. */
export function stopOf(watch: Watch, values: readonly (number | null)[], train?: readonly number[]): number | null {
  const at = values.findIndex((value, i) => watch.observe(value, train ? { 'training-loss': train[i]! } : {}));
  return at === -1 ? null : at + 1;
}
