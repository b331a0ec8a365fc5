/** @file Verdicts on real trainings: every dataset with nine patiences and with every rule, against a judge of its own. */
import { expect, it } from 'vitest';
import { DATASETS } from '../../datasets/index.ts';
import { withDefaults } from '../engine/experiment/defaults.ts';
import { decompositionTarget } from '../decomposition/decompose.ts';
import { Curves } from '../decomposition/curves.ts';
import { gradeOf } from '../evaluation/grade.ts';
import { judgePlainly } from '../evaluation/grade.testing.ts';
import { OutcomeReader } from '../evaluation/outcome.ts';
import type { Policy } from '../engine/experiment/experiment.ts';
import { decompositionPoints } from '../engine/record/tape.ts';
import { checked } from '../stopping/experiment-policy.ts';
import { parsePolicy } from '../stopping/policy.ts';
import { recordsOf } from '../stopping/records.ts';
import { replayPolicy } from '../stopping/replay.ts';
import { RULES } from '../stopping/rules/index.ts';
import { train } from './train.ts';

const PATIENCES = [1, 2, 5, 10, 20, 50, 100, 200, 400];
const clock = {
  now: () => performance.now(),
  after: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
};

it.each(DATASETS.map(({ id }) => id))(
  '%s',
  async (source) => {
    const parsed = withDefaults({ data: { source } });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { experiment } = parsed;
    const withPolicyOf = (policy: Policy) => ({ ...experiment, stopping: { policy } });
    const { tape, material } = await train(experiment, 'wasm', clock, { step() {}, recorded() {} });
    const { replicas: R, epochs: E } = tape.shape;
    const { test, count, outputs } = material.replicas;
    const target = decompositionTarget(test, decompositionPoints(count, E, test.size, outputs), null);
    const curves = new Curves(tape, target);
    curves.extend();
    const reader = new OutcomeReader(tape, curves, target);
    const errors = Array.from({ length: R }, (_, r) => [...tape.error.subarray(r * E, (r + 1) * E)]);
    const policies = [
      ...PATIENCES.map((patience) => ({ rule: 'keras', patience, restore_best_weights: true })),
      ...PATIENCES.map((patience) => ({ rule: 'keras', patience })),
      ...Object.keys(RULES).map((rule) => ({ rule })),
    ];
    const skipped: string[] = [];
    for (const document of policies) {
      const parsed = parsePolicy(document, RULES);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      if (checked(withPolicyOf(parsed.policy), RULES).length > 0) {
        skipped.push(document.rule);
        continue;
      }
      const replays = replayPolicy(recordsOf(tape), parsed.policy, RULES);
      const { grade, sure } = gradeOf(reader.read(replays)!);
      const kept = replays.map(({ restored }) => restored);
      expect({ document, grade, sure }).toEqual({ document, ...judgePlainly(errors, kept) });
    }
    // What these rules watch is not recorded here.
    const signals = ['evidence', 'gradient-disparity'];
    expect(skipped).toEqual(tape.shape.classification ? signals : [...signals, 'label-wave']);
  },
  120_000,
);
