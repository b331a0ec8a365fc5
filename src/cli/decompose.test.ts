/** @file The command with --decompose: what it refuses, and that what it writes is the error that was recorded. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

async function command(document: unknown, ...args: string[]) {
  const file = path.join(folder, 'experiment.json');
  await writeFile(file, JSON.stringify(document));
  let said = '';
  const status = await main([file, '--out', folder, ...args], { stderr: { write: (text) => (said += text) } });
  return { status, said };
}

test.each([
  ['a loss that there is not', ['--decompose', 'hinge'], '--decompose: "hinge" must be one of squared, absolute'],
  [
    'a loss of classes for values',
    ['--decompose', 'cross-entropy'],
    'does not fit the objective squared-error; use squared, absolute, huber',
  ],
  ['an estimate of nothing', ['--plug-in'], 'add --decompose'],
])('%s is refused with a clear line', async (_, args, words) => {
  const { status, said } = await command({}, ...args);
  expect(said).toContain(words);
  expect(status).toBe(2);
});

test('the errors are taken apart by the loss that was asked for', async () => {
  const experiment = {
    data: { source: 'moons', testSize: 16 },
    replicas: { count: 4 },
    model: { hidden: [4] },
    training: { epochs: 6 },
  };
  const { status, said } = await command(experiment, '--backend', 'cpu', '--decompose', 'cross-entropy');
  expect(status, said).toBe(0);
  const { decomposition } = JSON.parse(await readFile(path.join(folder, 'outcome.json'), 'utf8'));
  const { data: rows } = papaparse.parse<Record<string, number>>(
    await readFile(path.join(folder, 'curves.csv'), 'utf8'),
    { header: true, skipEmptyLines: true, dynamicTyping: true },
  );
  expect(decomposition).toMatchObject({ loss: 'cross-entropy', terms: 'corrected', noise: 'known' });
  for (const { error, noise, bias, variance } of Object.values<Record<string, number>>(decomposition.columns))
    expect(noise! + bias! + variance!).toBeCloseTo(error!, 10);
  // The error at an epoch is the test loss of the objective, which is the same cross-entropy, meant over the replicas.
  decomposition.epochs.error.forEach((error: number, epoch: number) => {
    const losses = rows.filter((row) => row.epoch === epoch).map(({ test }) => test!);
    expect(error).toBeCloseTo(losses.reduce((a, b) => a + b, 0) / losses.length, 5);
  });
});
