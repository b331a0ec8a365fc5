/**
 * @file The policy landscape of any policy: its numbers as axes, and every cell replayed.
 *
 * The members of a group look at the same history without knowing of one another: each is replayed alone, once for every
 * value that it depends on, and the group's end follows from theirs as policy-watch.ts defines it.
 */
import type { Policy, RulePolicy, Setting } from '../engine/experiment/experiment.ts';
import { axisValues, numberAt, type Axis } from './axes.ts';
import { improves, type ReplicaReplay } from './keras.ts';
import { Landscape, type ReplayCells } from './landscape.ts';
import { bestFrom } from './patience-sweep.ts';
import { replayPolicy } from './policy-replay.ts';
import { directionOf } from './policy-watch.ts';
import { keyInWords } from './policy-words.ts';
import { isRule, membersOf, type Rules } from './policy.ts';
import { curveOf, type ReplicaRecord } from './records.ts';
import { RULES } from './rules/index.ts';

const rules: Rules = RULES;

interface Leaf {
  /** Where it stands in the policy, with a final dot: `any.0.`; empty for a policy of one rule. */
  path: string;
  policy: RulePolicy;
}

/** The rules of a policy in its order. */
function leavesOf(policy: Policy, path = ''): Leaf[] {
  if (isRule(policy)) return [{ path, policy }];
  const form = 'all' in policy ? 'all' : 'any';
  return membersOf(policy).flatMap((member, i) => leavesOf(member, `${path}${form}.${i}.`));
}

/** Every number of a policy that may stand on an axis, in a run of so many epochs. */
export function policyAxes(policy: Policy, epochs: number): Axis[] {
  const leaves = leavesOf(policy);
  return leaves.flatMap((leaf, i) => {
    const { label, parameters } = rules[leaf.policy.rule]!;
    const alike = leaves.filter((other) => other.policy.rule === leaf.policy.rule).length > 1;
    const member = leaves.length === 1 ? '' : `${label}${alike ? ` (${i + 1})` : ''}: `;
    return Object.entries(parameters).flatMap(([key, parameter]) => {
      if (parameter.kind !== 'number' && parameter.kind !== 'optional') return [];
      const values = axisValues(parameter, numberAt(leaf.policy, key), epochs);
      if (!values || values.values.length < 2) return [];
      return [
        { path: leaf.path + key, label: member + keyInWords(key), integer: parameter.integer ?? false, ...values },
      ];
    });
  });
}

/** The policy with one number changed. */
export function withNumber(policy: Policy, path: string, value: number): Policy {
  const change = (at: unknown, [key, ...rest]: string[]): unknown => {
    if (key === undefined) return value;
    if (Array.isArray(at)) return at.map((member: unknown, i) => (i === Number(key) ? change(member, rest) : member));
    const fields = at as Record<string, unknown>;
    return { ...fields, [key]: change(fields[key], rest) };
  };
  return change(policy, path.split('.')) as Policy;
}

/** One of its rules with the numbers of a cell, and what it does there. */
interface ReplayedRule {
  policy: RulePolicy;
  replay: ReplicaReplay;
}

/** Where a policy ends on one replica, and which of its rules decides. */
interface End {
  stop: number;
  fired: boolean;
  leaf: number;
}

/** The end of a policy from those of its rules, each replayed alone; `length` epochs are recorded. */
function endOf(policy: Policy, alone: (leaf: number) => ReplicaReplay, length: number, leaves = { next: 0 }): End {
  if (isRule(policy)) {
    const leaf = leaves.next++;
    const { stop, fired } = alone(leaf);
    return { stop, fired, leaf };
  }
  const members = membersOf(policy).map((member) => endOf(member, alone, length, leaves));
  const fired = members.filter((member) => member.fired);
  const all = 'all' in policy;
  if (fired.length < (all ? members.length : 1)) return { stop: length - 1, fired: false, leaf: members[0]!.leaf };
  return fired.reduce((end, member) => ((all ? member.stop > end.stop : member.stop < end.stop) ? member : end));
}

/** What settings call the direction in which their metric improves. */
const DIRECTIONS = ['mode', 'comp', 'greater_is_better', 'maximize'];
const GROWS: readonly Setting[] = ['max', 'greater', 'true'];
const SHRINKS: readonly Setting[] = ['min', 'less', 'false'];

function signOf(policy: RulePolicy): 1 | -1 {
  const said = DIRECTIONS.map((key) => policy[key] ?? null);
  if (said.some((word) => GROWS.includes(word))) return -1;
  if (said.some((word) => SHRINKS.includes(word))) return 1;
  return directionOf(policy.monitor) === 'max' ? -1 : 1;
}

/** How much better a value has to be to count, where the rule has such a number. */
const marginOf = ({ min_delta, minDelta }: RulePolicy) => Math.abs(Number(min_delta ?? minDelta ?? 0));

/**
 * A policy must have been parsed; throws if the records lack what it needs. A stop is false if the rule that decided it
 * would have seen a better value later, by more than its min delta where it has one.
 */
export function policyLandscape(records: readonly ReplicaRecord[], policy: Policy, x: Axis, y: Axis | null): Landscape {
  const leaves = leavesOf(policy);
  const varies = (axis: Axis | null, { path, policy }: Leaf) =>
    axis !== null && axis.path.startsWith(path) && Object.hasOwn(policy, axis.path.slice(path.length));

  const kept = leaves.map(() => new Map<string, ReplayedRule>());
  /** A rule of the policy in a cell on one replica; what other cells share is kept. */
  function replayed(leaf: number, column: number, row: number, r: number): ReplayedRule {
    const { path, policy } = leaves[leaf]!;
    const onX = varies(x, leaves[leaf]!);
    const onY = varies(y, leaves[leaf]!);
    const key = `${r},${onX ? column : ''},${onY ? row : ''}`;
    const known = kept[leaf]!.get(key);
    if (known) return known;
    const own: RulePolicy = { ...policy };
    if (onX) own[x.path.slice(path.length)] = x.values[column]!;
    if (onY) own[y!.path.slice(path.length)] = y!.values[row]!;
    const fresh = { policy: own, replay: replayPolicy([records[r]!], own, rules)[0]! };
    // Rules on both axes come in one cell only.
    if (!(onX && onY)) kept[leaf]!.set(key, fresh);
    return fresh;
  }

  const watched = leaves.map(({ policy }) => {
    const sign = signOf(policy);
    const histories = records.map((record, r) => curveOf(record, policy.monitor, r));
    return { sign, histories, later: histories.map((values) => bestFrom(values, sign)) };
  });

  const columns = x.values.length;
  const replayCells: ReplayCells = (row, span, replicas, { stop, restored, falseStops }) => {
    for (let column = span.from; column < span.to; column++) {
      for (let r = replicas.from; r < replicas.to; r++) {
        const cell = leaves.map((_, leaf) => replayed(leaf, column, row, r));
        const end = endOf(policy, (leaf) => cell[leaf]!.replay, records[r]!.epochs);
        const { policy: decider, replay } = cell[end.leaf]!;
        const { best, fired } = replay;
        const { rule: name, monitor: _, ...settings } = decider;
        const restores = rules[name]!.restores?.(settings, fired) ?? true;
        stop[r * columns + column] = end.stop;
        restored[r * columns + column] = restores && best !== -1 ? best : end.stop;
        if (!end.fired || best === -1) continue;
        const { sign, histories, later } = watched[end.leaf]!;
        const reference = histories[r]![best] ?? NaN;
        if (improves(later[r]![end.stop + 1]!, reference, sign, marginOf(decider))) falseStops[column]!++;
      }
    }
  };
  return new Landscape(records, x, y, replayCells, 'replica');
}
