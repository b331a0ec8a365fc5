/**
 * @file The policy landscape of a policy: its numbers as axes, and every cell replayed.
 *
 * The members of a group look at the same history without knowing of one another: each is replayed alone, once for every
 * value that it depends on, and the group's end follows from theirs as watch.ts defines it. A rule that can sweep its
 * counter has a whole row in one pass over each history.
 */
import type { Policy, RulePolicy } from '../engine/experiment/experiment.ts';
import type { Axis } from './axes.ts';
import { Hindsight } from './false-stops.ts';
import { Landscape, type ReplayCells } from './landscape.ts';
import { isRule, leavesOf, membersOf, ruleOf, type Leaf, type Rules } from './policy.ts';
import { curveOf, type ReplicaRecord } from './records.ts';
import { replayRule } from './replay.ts';
import {
  comparisonOf,
  directionIn,
  directionOf,
  roleKey,
  settingsOf,
  signOfDirection,
  type IsBetter,
} from './roles.ts';
import type { ReplicaReplay, Sweep } from './rule.ts';
import { isSignal } from './watch.ts';

/** A policy must have been parsed; throws if the records lack what it needs. The numbers of the axes in it do not matter. */
export function landscapeOf(
  records: readonly ReplicaRecord[],
  policy: Policy,
  rules: Rules,
  x: Axis,
  y: Axis | null,
): Landscape {
  return isRule(policy) && sweeps(policy, rules, x)
    ? new Landscape(records, x, y, sweepRows(records, policy, rules, x, y), 'row')
    : new Landscape(records, x, y, replayCells(records, policy, rules, x, y), 'replica');
}

function sweeps(policy: RulePolicy, rules: Rules, x: Axis): boolean {
  const canSweep = ruleOf(policy, rules).sweep !== undefined && !isSignal(policy.monitor);
  return canSweep && x.path === roleKey(policy, 'counter', rules);
}

const hindsightsOf = (records: readonly ReplicaRecord[], policy: RulePolicy, rules: Rules) => {
  const sign = signOfDirection(directionIn(policy, rules));
  return records.map((record, r) => new Hindsight(curveOf(record, policy.monitor, r), sign));
};

const restoresIn = (policy: RulePolicy, fired: boolean, rules: Rules): boolean =>
  ruleOf(policy, rules).restores?.(settingsOf(policy), fired) ?? true;

function sweepRows(
  records: readonly ReplicaRecord[],
  policy: RulePolicy,
  rules: Rules,
  x: Axis,
  y: Axis | null,
): ReplayCells {
  const hindsights = hindsightsOf(records, policy, rules);
  const sweep = ruleOf(policy, rules).sweep!;
  const direction = directionOf(policy.monitor);
  const columns = x.values.length;
  const ends: Sweep = { stop: new Int32Array(columns), best: new Int32Array(columns) };
  return (rowIndex, _columns, _replicas, { stop, restored, falseStops }) => {
    const ofRow: RulePolicy = y ? { ...policy, [y.path]: y.values[rowIndex]! } : policy;
    const settings = settingsOf(ofRow);
    const isBetter = comparisonOf(ofRow, rules);
    const [whenFired, whenNot] = [restoresIn(ofRow, true, rules), restoresIn(ofRow, false, rules)];
    hindsights.forEach((hindsight, r) => {
      const { history } = hindsight;
      sweep(history, settings, direction, x.values, ends);
      const row = r * columns;
      // Stops with the same best are false together: a false one was false before, and what follows the last decides.
      let known = -2;
      let isFalse = false;
      for (let c = columns - 1; c >= 0; c--) {
        const at = ends.stop[c]!;
        const best = ends.best[c]!;
        const end = at === -1 ? history.length - 1 : at;
        stop[row + c] = end;
        restored[row + c] = (at === -1 ? whenNot : whenFired) && best !== -1 ? best : end;
        if (at === -1) continue;
        if (best !== known || !isFalse) isFalse = hindsight.isFalse(at, best, null, isBetter);
        known = best;
        if (isFalse) falseStops[c]!++;
      }
    });
  };
}

/** One of the rules with the numbers of a cell, and what it does there. */
interface ReplayedRule {
  policy: RulePolicy;
  replay: ReplicaReplay;
  reference: number | null;
  isBetter: IsBetter;
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

function replayCells(
  records: readonly ReplicaRecord[],
  policy: Policy,
  rules: Rules,
  x: Axis,
  y: Axis | null,
): ReplayCells {
  const leaves = leavesOf(policy);
  /** The parameter of a rule that an axis varies; null if it is another's. */
  const variedBy = (axis: Axis | null, { path, policy }: Leaf): string | null => {
    const prefix = path && `${path}.`;
    const key = axis?.path.startsWith(prefix) ? axis.path.slice(prefix.length) : null;
    return key !== null && Object.hasOwn(policy, key) ? key : null;
  };

  const kept = leaves.map(() => new Map<string, ReplayedRule>());
  /** A rule of the policy in a cell on one replica; what other cells share is kept. */
  function replayed(leaf: number, column: number, row: number, r: number): ReplayedRule {
    const onX = variedBy(x, leaves[leaf]!) !== null;
    const onY = variedBy(y, leaves[leaf]!) !== null;
    const key = `${r},${onX ? column : ''},${onY ? row : ''}`;
    const known = kept[leaf]!.get(key);
    if (known) return known;
    const own: RulePolicy = { ...leaves[leaf]!.policy };
    if (onX) own[variedBy(x, leaves[leaf]!)!] = x.values[column]!;
    if (onY) own[variedBy(y, leaves[leaf]!)!] = y!.values[row]!;
    const fresh = { policy: own, isBetter: comparisonOf(own, rules), ...replayRule(records[r]!, own, rules, r) };
    // Rules on both axes come in one cell only.
    if (!(onX && onY)) kept[leaf]!.set(key, fresh);
    return fresh;
  }

  const hindsights = leaves.map((leaf) => hindsightsOf(records, leaf.policy, rules));
  const columns = x.values.length;
  return (row, span, replicas, { stop, restored, falseStops }) => {
    for (let column = span.from; column < span.to; column++) {
      for (let r = replicas.from; r < replicas.to; r++) {
        const cell = leaves.map((_, leaf) => replayed(leaf, column, row, r));
        const end = endOf(policy, (leaf) => cell[leaf]!.replay, records[r]!.epochs);
        const { policy: decider, replay, reference, isBetter } = cell[end.leaf]!;
        const { best, fired } = replay;
        stop[r * columns + column] = end.stop;
        restored[r * columns + column] = restoresIn(decider, fired, rules) && best !== -1 ? best : end.stop;
        if (end.fired && hindsights[end.leaf]![r]!.isFalse(end.stop, best, reference, isBetter)) falseStops[column]!++;
      }
    }
  };
}
