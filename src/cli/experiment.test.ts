/** @file The command from its arguments to its files: what it refuses and how, and that the three files agree. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { unzipSync } from 'fflate';
import papaparse from 'papaparse';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from './experiment.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'patience-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function command(document: unknown, ...args: string[]): Promise<{ status: number; said: string; out: string }> {
  const file = path.join(folder, 'experiment.json');
  await writeFile(file, typeof document === 'string' ? document : JSON.stringify(document));
  const out = path.join(folder, 'deep', 'out');
  let said = '';
  const status = await main([file, '--out', out, ...args], { stderr: { write: (text) => (said += text) } });
  return { status, said, out };
}

test('a bad experiment ends with status 2, one line for each field, and no files', async () => {
  const { status, said, out } = await command({ seed: -1, data: { trainSize: 2.5 }, colour: 'blue' });
  expect(status).toBe(2);
  expect(said.trimEnd().split('\n')).toEqual([
    'seed: -1 — must be a whole number from 0 to 4294967295',
    'data.trainSize: 2.5 — must be a whole number from 2 to 10000',
    'colour: "blue" — is not a known field; remove it',
  ]);
  await expect(stat(out)).rejects.toThrow('ENOENT');
});

test.each([
  ['broken JSON', '{"seed": 7,}', [], 2, 'must be JSON'],
  [
    'rows that only the page has',
    {
      data: {
        source: 'own',
        own: { name: 'a', target: 'y', task: 'regression', rows: 9, features: 1, outputs: 1, sha256: '0'.repeat(64) },
      },
    },
    [],
    2,
    'name a dataset',
  ],
  ['more rows than there are', { data: { source: 'penguins', trainSize: 9000, resampling: 'disjoint' } }, [], 2, ' — '],
  [
    'a policy with a bad setting',
    { stopping: { policy: { any: [{ rule: 'budget', epochs: -1 }] } } },
    [],
    2,
    'stopping.policy.any.0.epochs: -1 — must be a whole number from 1 to 1000000',
  ],
  [
    'a policy that watches what is not recorded',
    { stopping: { policy: { rule: 'budget', monitor: 'validation-f1' } } },
    [],
    2,
    'stopping.policy.monitor: "validation-f1" — is recorded only for classes',
  ],
  ['an unknown backend', {}, ['--backend', 'cuda'], 2, '--backend: "cuda" must be one of webgpu, wasm, cpu'],
  ['an unknown option', {}, ['--fast'], 2, '--fast'],
  ['two files', {}, ['other.json'], 2, 'name one experiment file'],
])('%s is refused with a clear line', async (_, document, args, status, words) => {
  const result = await command(document, ...args);
  expect(result.said).toContain(words);
  expect(result.status).toBe(status);
});

test('brackets without end are one line, with status 2', async () => {
  const { status, said } = await command('['.repeat(100_000) + ']'.repeat(100_000));
  expect(status).toBe(2);
  expect(said).toMatch(/^\(document\): "\[+"? — must not have more than 64 brackets .*\n$/);
});

test('a place for results that is a file is named before anything is trained', async () => {
  const file = path.join(folder, 'experiment.json');
  await writeFile(file, JSON.stringify({ training: { epochs: 1 } }));
  for (const out of [file, path.join(file, 'deep', 'out')]) {
    let said = '';
    expect(await main([file, '--out', out], { stderr: { write: (text) => (said += text) } })).toBe(2);
    expect(said).toBe(`--out: ${file} is a file; name a folder for the results\n`);
  }
});

test('a missing file and a missing folder are named', async () => {
  let said = '';
  const io = { stderr: { write: (text: string) => (said += text) } };
  expect(await main([path.join(folder, 'nowhere.json'), '--out', folder], io)).toBe(2);
  expect(said).toContain('nowhere.json cannot be read');
  expect(await main([path.join(folder, 'nowhere.json')], io)).toBe(2);
  expect(said).toContain('--out is missing');
});

/** What the three files say about one another. */
async function agree(out: string) {
  const outcome = JSON.parse(await readFile(path.join(out, 'outcome.json'), 'utf8'));
  const csv = await readFile(path.join(out, 'curves.csv'), 'utf8');
  const rows = papaparse.parse<Record<string, number>>(csv, {
    header: true,
    skipEmptyLines: true,
    dynamicTyping: true,
  }).data;
  const files = unzipSync(await readFile(path.join(out, 'model.zip')));
  const { modelTopology, weightsManifest, userDefinedMetadata } = JSON.parse(
    new TextDecoder().decode(files['model.json']),
  );
  const weightData = new Uint8Array(files['weights.bin']!).buffer;
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
  );
  return { outcome, rows, model, metadata: userDefinedMetadata };
}

test('a run on JavaScript: files that agree with one another and with the rule', async () => {
  const experiment = {
    replicas: { count: 3 },
    model: { hidden: [5] },
    training: { epochs: 30 },
    stopping: { patience: 2, minDelta: 0 },
  };
  const { status, said, out } = await command(experiment, '--backend', 'cpu');
  expect(status, said).toBe(0);
  expect(said).toMatch(/epoch 30\/30, \d+ replica-epochs\/s, 0 s left/);
  const { outcome, rows, model, metadata } = await agree(out);

  expect(rows).toHaveLength(90);
  expect(outcome).toMatchObject({
    recordedEpochs: 30,
    ending: 'reached',
    device: { backend: 'cpu' },
    model: { replica: 0, epoch: outcome.replicas[0].restored },
  });
  for (const { replica, stop, restored } of outcome.replicas) {
    const losses = rows.filter((row) => row.replica === replica).map(({ validation }) => validation!);
    // Patience 2 without a delta, from its definition: the first epoch that is two after the lowest so far.
    const fired = losses.findIndex(
      (_, e) => e >= 2 && losses[e - 2] === Math.min(...losses.slice(0, e + 1)) && losses[e - 1]! >= losses[e - 2]!,
    );
    expect(stop).toBe(fired === -1 ? null : fired);
    const trained = losses.slice(0, fired === -1 ? undefined : fired + 1);
    expect(restored).toBe(trained.indexOf(Math.min(...trained)));
  }

  // The model's mean squared error against sin 2πx on a fine grid of raw inputs, noise added: the test loss in the CSV.
  expect(metadata).toMatchObject({ replica: 0, epoch: outcome.model.epoch, experiment: outcome.experiment });
  const n = outcome.experiment.data.testSize;
  const x = Array.from({ length: n }, (_, i) => (i + 0.5) / n);
  const y = (await (model.predict(tf.tensor2d(x, [n, 1])) as tf.Tensor).data()) as Float32Array;
  const loss =
    x.reduce((sum, xi, i) => sum + (y[i]! - Math.sin(2 * Math.PI * xi)) ** 2, 0) / n +
    outcome.experiment.data.noise ** 2;
  const row = rows.find((r) => r.replica === 0 && r.epoch === outcome.model.epoch);
  // Float32 through three layers.
  expect(loss).toBeCloseTo(row!.test!, 5);
});

test('everything recorded is written when asked for, beside the outcome and the model', async () => {
  const experiment = {
    data: { source: 'moons', testSize: 16 },
    replicas: { count: 2 },
    model: { hidden: [4] },
    training: { epochs: 3 },
  };
  const plain = await command(experiment, '--backend', 'cpu');
  expect((await readdir(plain.out)).sort()).toEqual(['curves.csv', 'model.zip', 'outcome.json']);
  const { status, said, out } = await command(experiment, '--backend', 'cpu', '--everything');
  expect(status, said).toBe(0);
  const { outcome, rows } = await agree(out);
  expect((await readdir(out)).sort()).toEqual([
    ...['README.md', 'best-weights.npy', 'curves.csv', 'decomposition.csv', 'model.zip', 'outcome.json'],
    ...['predictions.npy', 'test-points.csv', 'weights.npy'],
  ]);
  expect(outcome).toMatchObject({
    ending: 'reached',
    model: { replica: 0 },
    recorded: {
      shape: { epochs: 3, replicas: 2, points: 16, outputs: 1, parameters: 2 * 4 + 4 + 4 + 1 },
      weightsEpochs: [0, 1, 2],
    },
  });
  expect(rows).toHaveLength(6);
  expect(rows[5]).toMatchObject({ epoch: 2, replica: 1, updates: 3, testBrier: expect.any(Number) });
  const { size } = await stat(path.join(out, 'predictions.npy'));
  expect(size).toBe(128 + 4 * 3 * 2 * 16);
});

test('a classification on WebAssembly that halts when every replica has stopped', async () => {
  const experiment = {
    data: { source: 'moons' },
    replicas: { count: 2 },
    model: { hidden: [4] },
    training: { epochs: 500, haltWhenStopped: true },
    stopping: { patience: 1, minDelta: 0.05 },
  };
  const { status, said, out } = await command(experiment);
  expect(status, said).toBe(0);
  const { outcome, rows, model } = await agree(out);
  expect(outcome).toMatchObject({ ending: 'halted', device: { backend: 'wasm' } });
  const stops = outcome.replicas.map(({ stop }: { stop: number }) => stop);
  expect(Math.max(...stops) + 1).toBe(outcome.recordedEpochs);
  expect(rows).toHaveLength(2 * outcome.recordedEpochs);
  expect(model.outputs[0]!.shape).toEqual([null, 1]);
});

test('a policy halts the run, and the files speak of it', async () => {
  const experiment = {
    replicas: { count: 2 },
    model: { hidden: [4] },
    training: { epochs: 60, haltWhenStopped: true },
    stopping: {
      patience: 1,
      policy: {
        all: [
          { rule: 'budget', epochs: 7 },
          { rule: 'budget', epochs: 9 },
        ],
      },
    },
  };
  const { status, said, out } = await command(experiment, '--backend', 'cpu');
  expect(status, said).toBe(0);
  const { outcome, rows } = await agree(out);
  expect(outcome).toMatchObject({
    ending: 'halted',
    recordedEpochs: 9,
    rule: 'All of Budget of epochs (epochs 7) and Budget of epochs (epochs 9)',
    experiment: { stopping: { policy: { all: [{ epochs: 7, monitor: 'validation-loss' }, { epochs: 9 }] } } },
  });
  for (const { replica, stop, restored, reason } of outcome.replicas) {
    const losses = rows.filter((row) => row.replica === replica).map(({ validation }) => validation!);
    expect(stop).toBe(8);
    expect(restored).toBe(losses.indexOf(Math.min(...losses)));
    expect(reason).toContain('the budget is 9 epochs');
  }
});
