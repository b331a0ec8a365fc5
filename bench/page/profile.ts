/**
 * @file What an epoch of the fused WebGPU trainer is made of: the base case with parts of its shaders left out, in turns.
 * What an epoch is faster by without a part is what the part takes; parts overlap where one waits for another.
 */
import type { Clock } from '../../src/engine/clock.ts';
import { openGpu } from '../../src/engine/devices/gpu.ts';
import { FusedTrainer } from '../../src/engine/trainers/fused/trainer.ts';
import { BASE } from '../matrix.ts';
import { jobOf } from './job.ts';

const EPOCHS = 4;
const ROUNDS = 15;

type Edit = (code: string) => string;

/** Must be there: a cut that changes nothing would say that its part takes nothing. */
const cut =
  (shader: 'fn train(' | 'fn evaluate(', what: string | RegExp, instead = ''): Edit =>
  (code) => {
    if (!code.includes(shader)) return code;
    const left = code.replace(what, instead);
    if (left === code) throw new Error(`profile: the shader with ${shader} has no ${what}`);
    return left;
  };
const all =
  (...edits: Edit[]): Edit =>
  (code) =>
    edits.reduce((left, edit) => edit(left), code);

const order = cut('fn train(', /shuffle\(lane, cards.*?;/);
const forward = cut('fn train(', ' carry(r, lane);');
const backward = cut('fn train(', ' carryBack(r, lane);');
const descent = cut('fn train(', / descend\(r, lane, here.*?;/);
const evaluation = cut('fn evaluate(', ' carry(row, lane);');

/** A sum over the network reads a quad of one point and four rows of weights, sixteen products. */
const reads = (shader: 'fn train(' | 'fn evaluate(') =>
  all(
    cut(shader, /w \* memory\[given \+ [^\]]*\]/g, 'w * vec4f(f32(i))'),
    cut(shader, /let w = mat4x4f\(.*\);/, 'let w = mat4x4f(vec4f(f32(i)), vec4f(f32(j)), vec4f(f32(p)), vec4f(1));'),
  );

const PARTS = {
  'nothing left out': (code) => code,
  'the forward passes of evaluation': evaluation,
  'the forward passes of training': forward,
  'the backward passes': backward,
  'gradients and optimizer steps': descent,
  'the order of the points': order,
  'all of these': all(evaluation, forward, backward, descent, order),
  'reading activations and weights in the forward passes (the products stay)': all(
    reads('fn train('),
    reads('fn evaluate('),
  ),
} satisfies Readonly<Record<string, Edit>>;

const clock: Clock = { now: () => performance.now(), after: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };

/** Milliseconds per epoch of each round, by what was left out. */
export async function measureProfile(): Promise<Record<string, number[]>> {
  const job = jobOf(BASE);
  const trainers = new Map<string, FusedTrainer>();
  for (const [part, edit] of Object.entries<Edit>(PARTS)) {
    // Each on its own device: what was compiled for one is not taken for another.
    const { device, software } = await openGpu();
    const make = device.createShaderModule.bind(device);
    device.createShaderModule = (descriptor) => make({ ...descriptor, code: edit(descriptor.code) });
    const trainer = await FusedTrainer.create(job, { device, software, clock });
    await trainer.advance(EPOCHS, () => Promise.resolve());
    trainers.set(part, trainer);
  }
  const ms: Record<string, number[]> = Object.fromEntries([...trainers.keys()].map((part) => [part, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [part, trainer] of trainers) {
      const start = performance.now();
      await trainer.advance(EPOCHS, () => Promise.resolve());
      ms[part]!.push((performance.now() - start) / EPOCHS);
    }
  }
  for (const trainer of trainers.values()) trainer.dispose();
  return ms;
}
