/** @file Settings of a rule over a set of runs: read by the limits of its parameters, and by what of them fits together. */
import type { Setting } from '../../engine/experiment/experiment.ts';
import { remedyFor } from '../policy.ts';
import type { RunsRule } from './runs-rule.ts';

/** What is left out gets the library's default. What is wrong is told instead, by field, value and remedy. */
export function parseSettings(
  { parameters, trouble }: RunsRule,
  given: Readonly<Record<string, unknown>>,
): Record<string, Setting> | string {
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(parameters, key));
  if (unknown !== undefined) return `${unknown} is not known; use ${Object.keys(parameters).join(', ')}`;
  const settings: Record<string, Setting> = {};
  for (const [key, parameter] of Object.entries(parameters)) {
    const value = Object.hasOwn(given, key) ? given[key] : parameter.default;
    const remedy = remedyFor(value, parameter);
    if (remedy) return `${key}: ${JSON.stringify(value)} ${remedy}`;
    settings[key] = value as Setting;
  }
  return trouble?.(settings) ?? settings;
}
