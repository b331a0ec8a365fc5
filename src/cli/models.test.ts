/** @file The models of the command `experiment`: which are refused and how, and what is written. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

test.each([
  ['an unknown format', ['--export', 'tfjs,pickle'], '--export: "pickle" must be some of tfjs,'],
  ['a precision that a format lacks', ['--precision', 'int8'], '--precision: tfjs (Model (TensorFlow.js)) has no'],
  ['an ensemble where one fits', ['--ensemble'], '--ensemble: tfjs'],
  ['a replica beyond the last', ['--replica', '32'], '--replica: 32 must be below replicas.count, 32'],
  ['an epoch beyond the last', ['--epoch', '99999'], '--epoch: 99999 must be below training.epochs'],
  ['no number', ['--epoch', '-1.5'], '--epoch'],
  ['a sparsity of all', ['--sparsity', '1'], '--sparsity: "1" must be from 0 to below 1'],
])('%s is refused with a clear line', async (_, args, words) => {
  const { status, said } = await command({}, ...args);
  expect(said).toContain(words);
  expect(status).toBe(2);
});

test('models of a chosen replica and epoch, and of all replicas', async () => {
  const experiment = { replicas: { count: 3 }, model: { hidden: [4] }, training: { epochs: 4 } };
  const one = await command(
    experiment,
    '--backend',
    'cpu',
    '--export',
    'safetensors',
    '--replica',
    '2',
    '--epoch',
    '1',
  );
  expect(one.status, one.said).toBe(0);
  expect((await readdir(one.out)).sort()).toEqual(['curves.csv', 'model.py', 'model.safetensors', 'outcome.json']);
  const outcome = async () => JSON.parse(await readFile(path.join(one.out, 'outcome.json'), 'utf8'));
  expect((await outcome()).model).toEqual({
    files: ['model.safetensors', 'model.py'],
    ...{ replica: 2, epoch: 1, precision: 'float32', sparsity: 0 },
  });
  const all = await command(
    experiment,
    '--backend',
    'cpu',
    '--export',
    'safetensors',
    '--ensemble',
    '--sparsity',
    '0.5',
  );
  expect(all.status, all.said).toBe(0);
  const { model, replicas } = await outcome();
  expect(model).toMatchObject({ replicas: [0, 1, 2], sparsity: 0.5 });
  expect(model.epochs).toEqual(replicas.map(({ restored }: { restored: number }) => restored));
});
