/** @file The objectives of the kernel, also far out, where a careless float32 overflows or loses its digits. */
import { beforeAll, expect, it } from 'vitest';
import { openGpu, type Gpu } from '../../devices/gpu.ts';
import type { LossSettings } from '../../experiment/settings/loss.ts';
import { objectiveMath, targetVector, type ObjectiveName } from '../../model/objectives.ts';
import { ACTIVATION_FUNCTIONS_WGSL } from './activations.ts';
import { lossNumbers, objectiveWgsl } from './objectives.ts';
import { evaluate } from './wgsl.testing.ts';

let gpu: Gpu;
beforeAll(async () => {
  gpu = await openGpu();
});

const PLAIN: LossSettings = { huberDelta: 1, labelSmoothing: 0, focalGamma: 0, classWeights: 'none' };
const FAR = [-120, -88, -60, -17, -6, -0.7, 0, 1e-4, 0.3, 2, 9, 16.5, 40, 88, 120];

const cases: [ObjectiveName, number, Partial<LossSettings>][] = [
  ['squared-error', 1, {}],
  ['absolute-error', 1, {}],
  ['huber', 1, { huberDelta: 0.3 }],
  ['huber', 1, { huberDelta: 25 }],
  ...[1, 3].flatMap((outputs) =>
    [0, 1e-4, 0.3, 1, 2, 5].flatMap((focalGamma) =>
      [0, 0.2].map((labelSmoothing): [ObjectiveName, number, Partial<LossSettings>] => [
        outputs === 1 ? 'binary-cross-entropy' : 'softmax-cross-entropy',
        outputs,
        { focalGamma, labelSmoothing },
      ]),
    ),
  ),
];

it.each(cases)('%s with %i outputs, %o', async (objective, outputs, settings) => {
  const loss = { ...PLAIN, ...settings };
  const points = outputs === 1 ? FAR.map((z) => [z]) : FAR.flatMap((a) => FAR.map((b) => [a, b, 0.5]));
  const labels = points.map((_, i) => i % Math.max(2, outputs));
  const quads = new Float32Array(4 * points.length);
  points.forEach((z, i) => {
    quads.set(z, 4 * i);
    quads[4 * i + 3] = labels[i]!;
  });
  const { functions, snippet } = objectiveWgsl(objective, loss.focalGamma > 0);
  const numbers = lossNumbers({ objective, loss }, outputs).map((n) => `${n}`);
  const code = /* wgsl */ `
struct Run { loss: vec4f }
struct Last { outputs: u32, outQuads: u32 }
const run = Run(vec4f(${numbers.join(', ')}));
const last = Last(${outputs}u, 1u);
var<private> memory: array<vec4f, 1>;
${ACTIVATION_FUNCTIONS_WGSL}${functions}
fn errors(sums: vec4f, label: f32) -> vec4f {
  let at = 0u;
  let share = 1f;
  memory[0] = vec4f(sums.xyz, 0);
  ${snippet}
  return memory[0];
}`;
  const got = await evaluate(
    gpu.device,
    code,
    'errors(bitcast<vec4f>(words[at]), bitcast<vec4f>(words[at]).w)',
    quads.buffer,
  );
  const math = objectiveMath({ objective, loss });
  points.forEach((_, i) => {
    const z = quads.subarray(4 * i, 4 * i + outputs);
    const expected = new Float64Array(outputs);
    math.gradient(z, 0, targetVector(labels[i]!, outputs), 0, outputs, expected, 0);
    // Float32: a few roundings of sums of at most 120 under an exponential, of numbers of about γ + 1.
    for (let k = 0; k < outputs; k++) {
      const size = Math.max(1, Math.abs(expected[k]!));
      expect(Math.abs(got[4 * i + k]! - expected[k]!) / size, `z ${[...z].join(' ')}, output ${k}`).toBeLessThan(1e-5);
    }
    expect([...got.subarray(4 * i + outputs, 4 * i + 4)].every((pad) => pad === 0)).toBe(true);
  });
});
