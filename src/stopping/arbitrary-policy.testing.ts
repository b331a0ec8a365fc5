/** @file Random policies for property tests: any rule of the registry, any settings that it takes, nested groups. */
import fc from 'fast-check';
import {
  METRICS,
  MONITORS,
  type Monitor,
  type Policy,
  type RulePolicy,
  type Setting,
} from '../engine/experiment/experiment.ts';
import { metricsOf, remedyFor, type Rules } from './policy.ts';
import type { Measure, Parameter } from './rule.ts';
import { RULES } from './rules/index.ts';

const rules: Rules = RULES;

/** Policies that need no more than what is recorded. */
export function policiesOn(recorded: readonly Measure[]): fc.Arbitrary<Policy> {
  const names = Object.keys(rules).filter((name) => monitorsFor(name, recorded).length > 0);
  const leaf = fc
    .constantFrom(...names)
    .chain((name) => ruleOn(name, monitorsFor(name, recorded)))
    .filter((policy) => [...metricsOf(policy, rules)].every((measure) => recorded.includes(measure)));
  return fc.letrec<{ policy: Policy; members: Policy[] }>((tie) => ({
    policy: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { arbitrary: leaf, weight: 3 },
      tie('members').map((any): Policy => ({ any })),
      tie('members').map((all): Policy => ({ all })),
    ),
    members: fc.array(tie('policy'), { minLength: 1, maxLength: 4 }),
  })).policy;
}

function monitorsFor(name: string, recorded: readonly Measure[]): Monitor[] {
  const monitors: readonly Monitor[] = rules[name]!.monitors ?? METRICS;
  return MONITORS.filter((monitor) => monitors.includes(monitor) && recorded.includes(monitor));
}

function ruleOn(name: string, monitors: readonly Monitor[]): fc.Arbitrary<RulePolicy> {
  const settings = Object.fromEntries(
    Object.entries(rules[name]!.parameters).map(([key, parameter]) => [key, within(parameter)]),
  );
  return fc
    .tuple(fc.constantFrom(...monitors), fc.record<Record<string, Setting>>(settings))
    .map(([monitor, chosen]) => ({ rule: name, monitor, ...chosen }));
}

/** Small numbers most of the time: with those something happens within a few epochs. */
function within(parameter: Parameter): fc.Arbitrary<Setting> {
  const usual = fc.constant<Setting>(parameter.default);
  switch (parameter.kind) {
    case 'flag':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...parameter.options);
    case 'optional':
    case 'number': {
      const number = fc.oneof(fc.nat(8), fc.double({ min: -1, max: 1, noNaN: true })).map((x) => (x === 0 ? 0 : x));
      const fitting = number.filter((x) => remedyFor(x, parameter) === null);
      const alone = fc.sample(number, 64).some((x) => remedyFor(x, parameter) === null);
      return alone ? fc.oneof(usual, fitting) : usual;
    }
  }
}
