/** @file The objectives in WGSL: from a point's last sums to ∂loss/∂sums, the loss being the mean over the batch. */
import type { ObjectiveName } from '../../objectives.ts';

/**
 * The sums of one point stand in `memory` from quad `at` on, for `last.outputs` outputs; `label` is its value or class,
 * `share` one over the points of the batch. The errors take the place of the sums; what pads a quad gets none.
 */
export const OBJECTIVE_SNIPPETS: Readonly<Record<ObjectiveName, string>> = {
  'squared-error': 'memory[at] = vec4f(2 * share * (memory[at].x - label), 0, 0, 0);',
  'binary-cross-entropy': 'memory[at] = vec4f(share * (sigmoid4(memory[at]).x - label), 0, 0, 0);',
  'softmax-cross-entropy': /* wgsl */ `
    var top = memory[at].x;
    for (var k = 1u; k < last.outputs; k++) { top = max(top, memory[at + k / 4][k % 4]); }
    var sum = 0f;
    for (var k = 0u; k < last.outputs; k++) { sum += exp(memory[at + k / 4][k % 4] - top); }
    for (var q = 0u; q < last.outQuads; q++) {
      let k = vec4u(4 * q, 4 * q + 1, 4 * q + 2, 4 * q + 3);
      let wrong = kept(exp(memory[at + q] - top) / sum, memory[at + q]) - select(vec4f(0), vec4f(1), k == vec4u(u32(label)));
      memory[at + q] = select(vec4f(0), share * wrong, k < vec4u(last.outputs));
    }`,
};
