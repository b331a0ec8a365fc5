import { it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { open } from './backend/webgpu.ts';
import { DEFAULT_EXPERIMENT } from './experiment.ts';
import { drawReplicas } from './replicas.ts';
import { layoutOf } from './network.ts';
import { OpsTrainer } from './trainers/ops/trainer.ts';
const clock = { now: () => performance.now(), after: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) };
const go = () => Promise.resolve();
it('x', async () => {
  const device = await open(clock);
  const replicas = drawReplicas(DEFAULT_EXPERIMENT, null);
  const job = { experiment: DEFAULT_EXPERIMENT, replicas, layout: layoutOf(DEFAULT_EXPERIMENT, 1, 1) };
  for (const type of [3, 2, 0, -1]) {
    tf.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', type);
    const tr = new OpsTrainer(job, device);
    await tr.advance(2, go);
    let t = performance.now(); await tr.advance(10, go);
    console.log('type', type, (performance.now() - t) / 10, 'ms per epoch');
    tr.dispose();
    const x = tf.randomNormal([32, 320, 32]), w = tf.randomNormal([32, 32, 32]), th = tf.randomNormal([32, 3072]);
    const time = async (name: string, f: () => tf.Tensor) => { let o = f(); await o.data(); o.dispose(); const t = performance.now(); for (let i = 0; i < 5; i++) { o = f(); await o.data(); o.dispose(); } console.log(type, name, (performance.now() - t) / 5); };
    await time('matmul eval', () => tf.matMul(x, w));
    await time('matmul w', () => tf.matMul(w, w));
    if (type === 3) { await time('tanh', () => tf.tanh(x)); await time('square th', () => tf.square(th)); await time('add th', () => tf.add(th, th)); await time('slice', () => tf.slice(th, [0, 0], [32, 1024])); await time('mul s', () => tf.mul(th, 2)); }
  }
}, 200000);
