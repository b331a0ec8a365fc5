/** @file The objectives in WGSL: ∂loss/∂outputs of a point, the loss being the mean over the batch. */
import type { Experiment } from '../../experiment/experiment.ts';
import type { ObjectiveName } from '../../model/objectives.ts';

/** Whether the log-probabilities are weighted. */
export const focuses = ({ loss }: Experiment): boolean => loss.focalGamma > 0;

/** `run.loss`: δ of Huber; or what a label's own class gets more than the others, what every class gets, and γ. */
export function lossNumbers({ objective, loss }: Pick<Experiment, 'objective' | 'loss'>, outputs: number): number[] {
  if (objective === 'huber') return [loss.huberDelta, 0, 0, 0];
  const { labelSmoothing, focalGamma } = loss;
  return [1 - labelSmoothing, labelSmoothing / Math.max(2, outputs), focalGamma, 0];
}

/**
 * The sums of one point stand in `memory` from quad `at` on, for `last.outputs` outputs; `label` is its value or class,
 * `share` its weight over the points of the batch. The errors take the place of the sums; what pads a quad gets none.
 */
const SNIPPETS: Readonly<Record<ObjectiveName, string>> = {
  'squared-error': 'memory[at] = vec4f(2 * share * (memory[at].x - label), 0, 0, 0);',
  huber: `let wrong = memory[at] - label;
        memory[at] = vec4f(share * kept(clamp(wrong, -vec4f(run.loss.x), vec4f(run.loss.x)), wrong).x, 0, 0, 0);`,
  'absolute-error': `let wrong = memory[at] - label;
        memory[at] = vec4f(share * kept(sign(wrong), wrong).x, 0, 0, 0);`,
  'binary-cross-entropy':
    'memory[at] = vec4f(share * (sigmoid4(memory[at]).x - (run.loss.x * label + run.loss.y)), 0, 0, 0);',
  'softmax-cross-entropy': /* wgsl */ `
    var top = memory[at].x;
    for (var k = 1u; k < last.outputs; k++) { top = max(top, memory[at + k / 4][k % 4]); }
    var sum = 0f;
    for (var k = 0u; k < last.outputs; k++) { sum += exp(memory[at + k / 4][k % 4] - top); }
    for (var q = 0u; q < last.outQuads; q++) {
      let k = vec4u(4 * q, 4 * q + 1, 4 * q + 2, 4 * q + 3);
      let wanted = select(vec4f(0), vec4f(run.loss.x), k == vec4u(u32(label))) + run.loss.y;
      let wrong = kept(exp(memory[at + q] - top) / sum, memory[at + q]) - wanted;
      memory[at + q] = select(vec4f(0), share * wrong, k < vec4u(last.outputs));
    }`,
};

/**
 * The same where γ > 0, by the formulas of objectives.ts. With more than one output, ln(1 − p) of the likeliest class
 * comes from the sum over the others, since 1 − p would lose its digits.
 */
const FOCAL_SNIPPETS: Partial<Record<ObjectiveName, string>> = {
  'binary-cross-entropy': /* wgsl */ `
        let z = memory[at];
        let one = logSigmoid(z.x);
        let zero = logSigmoid(-z.x);
        let wanted = run.loss.x * label + run.loss.y;
        let slope = wanted * exp(zero) * focalSlope(one, zero) - (1 - wanted) * exp(one) * focalSlope(zero, one);
        memory[at] = vec4f(share * kept(vec4f(slope), z).x, 0, 0, 0);`,
  'softmax-cross-entropy': /* wgsl */ `
        var best = 0u;
        for (var k = 1u; k < last.outputs; k++) {
          if (memory[at + k / 4][k % 4] > memory[at + best / 4][best % 4]) { best = k; }
        }
        let top = memory[at + best / 4][best % 4];
        var rest = 0f;
        for (var k = 0u; k < last.outputs; k++) {
          rest += select(exp(memory[at + k / 4][k % 4] - top), 0f, k == best);
        }
        let sum = select(log(1 + rest), logOnePlus(rest), rest < 1);
        var all = 0f;
        // The first round sums what the second one shares out.
        for (var round = 0u; round < 2; round++) {
          for (var k = 0u; k < last.outputs; k++) {
            let z = memory[at + k / 4][k % 4];
            let own = z - top - sum;
            let far = select(log((1 + rest - min(exp(z - top), 1)) / (1 + rest)), log(max(rest, 1e-37)) - sum, k == best);
            let wanted = select(0f, run.loss.x, k == u32(label)) + run.loss.y;
            let slope = wanted * focalSlope(own, far);
            all += select(0f, slope, round == 0);
            if (round == 1) { memory[at + k / 4][k % 4] = share * (slope - exp(own) * all); }
          }
        }`,
};

const FOCAL_FUNCTIONS_WGSL = /* wgsl */ `
/** ln(1 + x) for x from 0 to 1: 2·artanh(x / (2 + x)), with every digit of a small x. */
fn logOnePlus(x: f32) -> f32 {
  let s = x / (2 + x);
  let q = s * s;
  return 2 * s * (1 + q * (1f / 3 + q * (1f / 5 + q * (1f / 7 + q * (1f / 9 + q * (1f / 11 + q / 13))))));
}

fn logSigmoid(z: f32) -> f32 { return min(z, 0) - logOnePlus(exp(-abs(z))); }

/** p·∂loss/∂p of a class from ln p and ln(1 − p), which is held where its powers are finite. */
fn focalSlope(own: f32, far: f32) -> f32 {
  let gamma = run.loss.z;
  return gamma * exp(own + (gamma - 1) * max(far, -80)) * own - exp(gamma * far);
}
`;

export function objectiveWgsl(objective: ObjectiveName, focal: boolean): { functions: string; snippet: string } {
  const weighted = focal ? FOCAL_SNIPPETS[objective] : undefined;
  return weighted
    ? { functions: FOCAL_FUNCTIONS_WGSL, snippet: weighted }
    : { functions: '', snippet: SNIPPETS[objective] };
}
