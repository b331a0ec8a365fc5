/** @file The worker's answers, with its thread line replaced by two functions. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { CsvCommand, CsvEvent } from './csv.ts';

let say: (command: CsvCommand) => Promise<{ event: CsvEvent; transfer: ArrayBuffer[] }>;

beforeAll(async () => {
  const answers: ((answer: { event: CsvEvent; transfer: ArrayBuffer[] }) => void)[] = [];
  vi.stubGlobal('postMessage', (event: CsvEvent, { transfer }: { transfer: ArrayBuffer[] }) =>
    answers.shift()!({ event, transfer }),
  );
  const { receive } = await import('./csv.ts');
  say = (data) =>
    new Promise((resolve) => {
      answers.push(resolve);
      receive(data);
    });
});
afterAll(() => vi.unstubAllGlobals());

const rows = Array.from({ length: 12 }, (_, i) => `${i},${i * i}`).join('\n');

it('reads, refuses without forgetting, and hands the table over with its buffers and checksum', async () => {
  expect((await say({ type: 'take', request: 1, choice: { target: 'y', task: 'regression' } })).event).toEqual({
    type: 'refused',
    request: 1,
    message: 'No file has been read yet; choose one.',
  });
  const { event: read } = await say({ type: 'read', request: 2, file: new File([`x,y\n${rows}`], 'own.csv') });
  expect(read).toMatchObject({ type: 'read', request: 2, summary: { name: 'own.csv', rows: 12 } });
  const big = {
    size: 2 ** 30,
    name: 'big.csv',
    arrayBuffer: () => Promise.reject(new Error('was read')),
  } as unknown as File;
  expect((await say({ type: 'read', request: 3, file: big })).event).toMatchObject({
    type: 'refused',
    request: 3,
    message: expect.stringContaining('limit is 64 MB'),
  });
  expect((await say({ type: 'read', request: 4, file: new File(['x\n1\n'], 'bad.csv') })).event).toMatchObject({
    type: 'refused',
    message: expect.stringContaining('only one column'),
  });

  const { event: taken, transfer } = await say({
    type: 'take',
    request: 5,
    choice: { target: 'y', task: 'regression' },
  });
  if (taken.type !== 'taken') throw new Error(taken.type);
  expect(transfer).toEqual([taken.table.features.buffer, taken.table.targets.buffer]);
  const head = `{"task":"regression","columns":["x"],"target":"y","classes":null,"rows":12}\n`;
  const numbers = Buffer.from(Float32Array.from([...taken.table.features, ...taken.table.targets]).buffer);
  const sha256 = createHash('sha256').update(head).update(numbers).digest('hex');
  expect(taken.own).toEqual({
    name: 'own.csv',
    target: 'y',
    task: 'regression',
    rows: 12,
    features: 1,
    outputs: 1,
    sha256,
  });
});
