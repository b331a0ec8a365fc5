/** @file The dialog for the reader's own file, with a worker that a test plays. */
import { expect, it } from 'vitest';
import { FakeWorker, HandClock, settled } from '../engine/worker-client.testing.ts';
import { CsvDialogState } from './csv-import.svelte.ts';

function opened() {
  const workers: FakeWorker[] = [];
  const clock = new HandClock();
  const open = () => (workers.push(new FakeWorker()), workers.at(-1)!);
  return { dialog: new CsvDialogState(open, clock), workers, clock };
}
const file = new File(['x,y\n1,2\n'], 'own.csv');

it('only the answer to the newest question counts', async () => {
  const { dialog, workers } = opened();
  dialog.give(file);
  dialog.choose('y', 'regression');
  const [worker] = workers;
  worker!.start();
  const [read, take] = worker!.posted;
  worker!.say({ type: 'refused', request: read.request, message: 'late' });
  worker!.say({ type: 'refused', request: take.request, message: 'y is empty' });
  await settled();
  expect([dialog.trouble, dialog.reading]).toEqual(['y is empty', '']);
});

it('says it when the worker cannot be loaded or crashes, and reads the next file with another one', async () => {
  const { dialog, workers, clock } = opened();
  dialog.give(file);
  for (let i = 0; i < 4; i++) {
    workers.at(-1)!.crash();
    await clock.pass(8000);
  }
  expect(dialog.trouble).toMatch(/could not be loaded/);
  expect(workers.length).toBe(4);
  dialog.give(file);
  workers.at(-1)!.start();
  workers.at(-1)!.crash('out of memory');
  await settled();
  expect([dialog.trouble, dialog.reading]).toEqual(['The reader of the file stopped: out of memory.', '']);
});

it('hears nothing any more once it is closed', async () => {
  const { dialog, workers } = opened();
  dialog.give(file);
  workers[0]!.start();
  dialog.close();
  await settled();
  expect([dialog.trouble, dialog.open, workers[0]!.terminated]).toEqual(['', false, true]);
});

it('offers columns as the reader wants them, and shows them as they were while another offer is made', async () => {
  const { dialog, workers } = opened();
  dialog.give(file);
  const [worker] = workers;
  worker!.start();
  dialog.choose('y', 'regression');
  const taken = { table: {}, own: {}, dropped: 0, coded: [], leftOut: [{ name: 'id', why: 'numbers the rows' }] };
  worker!.say({ type: 'taken', request: worker!.posted.at(-1).request, ...taken });
  await settled();
  expect([dialog.uses('x'), dialog.uses('id')]).toEqual([true, false]);
  dialog.want('id', true);
  dialog.want('x', false);
  expect(worker!.posted.at(-1)).toMatchObject({ type: 'take', choice: { wanted: { id: true, x: false } } });
  expect([dialog.offer, dialog.uses('x'), dialog.uses('id'), dialog.uses('z')]).toEqual([null, false, true, true]);
  dialog.give(file);
  expect(dialog.uses('x')).toBe(true);
});
