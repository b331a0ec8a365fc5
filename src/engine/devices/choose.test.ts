/** @file Choosing a device in Node, where cpu and wasm work and WebGPU does not; self-tests that catch what is broken. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Backends } from './choose.ts';
import { openCpuOperations as openCpu } from './tensorflow/cpu.ts';
import { testProducts } from './tensorflow/products.ts';
import { within } from '../clock.ts';
import { NEVER, type TrainerFactory } from './device.ts';
import { operations } from './operations.ts';
import { selfTest } from './self-test.ts';
import { jobOf } from '../trainers/trainer.testing.ts';

const clock = {
  now: () => performance.now(),
  after: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
};
const job = jobOf();

afterEach(() => {
  for (const path of ['./webgpu.ts', './wasm.ts', './cpu.ts', './self-test.ts']) vi.doUnmock(path);
});

describe('choosing', () => {
  const backends = new Backends(clock);

  it('takes the fastest of those that pass, at the start of the experiment, and says why', async () => {
    const steps: string[] = [];
    const { trainer, report } = await backends.choose(job, 'auto', (step) => steps.push(step));
    expect(report.trials.map((trial) => [trial.backend, trial.failure === null])).toEqual([
      ['webgpu', false],
      ['wasm', true],
      ['cpu', true],
    ]);
    const rates = report.trials.map((trial) => trial.replicaEpochsPerSecond ?? 0);
    expect(report.chosen.replicaEpochsPerSecond).toBe(Math.max(...rates));
    expect(trainer.backend).toBe(report.chosen.backend);
    expect(report.reason).toMatch(
      /is the fastest here: \d+ replica-epochs a second, \w+ \d+\. WebGPU: there is no WebGPU here\./,
    );
    expect(steps).toContain('timing WebAssembly');
    expect((await trainer.snapshot()).epoch).toBe(0);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(0);
  });

  it('takes the one that was asked for', async () => {
    const { trainer, report } = await backends.choose(job, 'cpu', () => {});
    expect(report.chosen).toMatchObject({ backend: 'cpu', adapter: 'JavaScript', failure: null });
    expect(report.reason).toBe('JavaScript, as you chose.');
    trainer.dispose();
  });

  it('takes another where the one that was asked for does not work, and says so', async () => {
    const { trainer, report } = await backends.choose(job, 'webgpu', () => {});
    expect(['wasm', 'cpu']).toContain(report.chosen.backend);
    expect(report.reason).toContain('WebGPU: there is no WebGPU here.');
    trainer.dispose();
  });
});

describe('where the connection is down', () => {
  const cut = (...paths: string[]) => {
    for (const path of paths) {
      vi.doMock(path, () => {
        throw new TypeError('Failed to fetch dynamically imported module');
      });
    }
  };

  it('says that code is missing, not that nothing can run the experiment, and tries again', async () => {
    const backends = new Backends(clock);
    cut('./webgpu.ts', './wasm.ts', './cpu.ts');
    await expect(backends.choose(job, 'auto', () => {})).rejects.toThrow(
      /^The code that trains could not be loaded\..* JavaScript: its code could not be loaded\. The connection may be down/,
    );
    vi.doUnmock('./cpu.ts');
    const { trainer, report } = await backends.choose(job, 'auto', () => {});
    expect(report.reason).toMatch(
      /^JavaScript is the only one that works here\..*WebAssembly: its code could not be loaded\./,
    );
    trainer.dispose();
  });

  it('does not take a self-test that could not be loaded for one that failed', async () => {
    const backends = new Backends(clock);
    cut('./self-test.ts');
    await expect(backends.choose(job, 'cpu', () => {})).rejects.toThrow(/^The code that trains could not be loaded\./);
    vi.doUnmock('./self-test.ts');
    const { trainer, report } = await backends.choose(job, 'cpu', () => {});
    expect(report.chosen).toMatchObject({ backend: 'cpu', failure: null });
    trainer.dispose();
  });
});

it('says of an experiment that is too large that no backend can run it', async () => {
  // A device that opens and whose factory refuses.
  vi.doMock('./cpu.ts', () => ({
    openCpu: () =>
      Promise.resolve({
        adapter: 'a',
        software: false,
        lost: NEVER,
        factories: [{ refusal: () => 'it is too large' }],
      }),
  }));
  vi.doMock('./wasm.ts', () => ({ openWasm: () => Promise.reject(new Error('there is none')) }));
  await expect(new Backends(clock).choose(job, 'auto', () => {})).rejects.toThrow(
    'No backend can run this experiment. WebGPU: there is no WebGPU here. WebAssembly: there is none. ' +
      'JavaScript: it is too large. Try a smaller experiment or another browser.',
  );
});

describe('self-test', () => {
  const sound = new Map<string, tf.KernelConfig>();
  afterEach(() => {
    for (const [name, config] of sound) {
      tf.unregisterKernel(name, 'cpu');
      tf.registerKernel(config);
    }
    sound.clear();
  });

  /** Replaces a kernel of the cpu backend by one whose result is spoiled. */
  function spoil(name: 'BatchMatMul' | 'Tanh', spoiled: (values: Float32Array, attrs: tf.NamedAttrMap) => void): void {
    const kernelFunc = tf.getKernel(name, 'cpu').kernelFunc;
    sound.set(name, { kernelName: name, backendName: 'cpu', kernelFunc });
    tf.unregisterKernel(name, 'cpu');
    const broken: tf.KernelFunc = (args) => {
      const out = kernelFunc(args) as tf.TensorInfo;
      const backend = args.backend as { data: { get(id: object): { values: Float32Array } } };
      spoiled(backend.data.get(out.dataId).values, args.attrs ?? {});
      return out;
    };
    tf.registerKernel({ kernelName: name, backendName: 'cpu', kernelFunc: broken });
  }

  /** The operations on a backend that was sound when it was opened. */
  async function opened(): Promise<TrainerFactory> {
    const factory = operations(openCpu);
    (await factory.create(job)).dispose();
    return factory;
  }

  it('passes on a sound backend and leaves nothing behind', async () => {
    const factory = await opened();
    const before = tf.memory().numTensors;
    await selfTest(factory);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('catches a wrong product with a transpose', async () => {
    await openCpu();
    spoil('BatchMatMul', (values, { transposeB }) => {
      if (transposeB) values[0]! += 1;
    });
    await expect(testProducts()).rejects.toThrow('a matrix product with a transpose came out wrong');
    await expect(operations(openCpu).create(job)).rejects.toThrow('a matrix product with a transpose came out wrong');
  });

  it('catches an activation that is slightly wrong', async () => {
    const factory = await opened();
    spoil('Tanh', (values) => values.forEach((value, i) => (values[i] = value * 1.05)));
    await expect(selfTest(factory)).rejects.toThrow('training deviates from the reference');
  });

  it('catches a product that carries NaN from one replica into the next', async () => {
    const factory = await opened();
    spoil('BatchMatMul', (values) => {
      if (values.some(Number.isNaN)) values.fill(NaN);
    });
    await expect(selfTest(factory)).rejects.toThrow('NaN in one replica spread to the others');
  });
});

it('does not wait for a backend that never answers', async () => {
  await expect(within(clock, 1, new Promise(() => {}), 'too late')).rejects.toThrow('too late');
});
