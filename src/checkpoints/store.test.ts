/**
 * @file Checkpoints against a real implementation of IndexedDB: what goes in comes out, and nothing unreadable is
 * touched. Long: one store, through all that can happen to it.
 */
import 'fake-indexeddb/auto';
import { createStore, del, get, keys, set } from 'idb-keyval';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Experiment, Policy } from '../engine/experiment/experiment.ts';
import { CheckpointError, SCHEMA_VERSION } from './checkpoint.ts';
import { sample } from './checkpoint.testing.ts';
import { openCheckpoints, type Channel, type CheckpointStore } from './store.ts';

let database = '';
let count = 0;
const opened: CheckpointStore[] = [];
const open = (channel: Channel | null = null, persist: () => Promise<unknown> = () => Promise.resolve()) => {
  const store = openCheckpoints({ database, channel, persist });
  opened.push(store);
  return store;
};
const withPolicy = (experiment: Experiment, policy: unknown): Experiment => ({
  ...experiment,
  stopping: { policy: policy as Policy },
});
/** The same records, past the store. */
const raw = () => createStore(database, 'records');

beforeEach(() => {
  database = `test-${count++}`;
});
afterEach(() => {
  opened.splice(0).forEach((store) => store.close());
  vi.restoreAllMocks();
});

test('what was saved is listed and loaded, number for number, by another visit', async () => {
  const { meta, bulk } = sample('a', '40 + 40 points');
  const saved = await open().save(meta, bulk);
  const store = open();
  expect(await store.list()).toEqual({ checkpoints: [saved], unreadable: [] });
  expect(saved).toEqual({ ...meta, schema: SCHEMA_VERSION, sizeBytes: expect.any(Number) });
  expect(await store.load('a')).toEqual({ meta: saved, bulk: { ...bulk, id: 'a', schema: SCHEMA_VERSION } });
});

test('an empty store lists nothing', async () => {
  expect(await open().list()).toEqual({ checkpoints: [], unreadable: [] });
});

test('the list comes newest first', async () => {
  const store = open();
  for (const [id, second] of [
    ['a', 10],
    ['b', 30],
    ['c', 20],
  ] as const) {
    const { meta, bulk } = sample(id);
    await store.save({ ...meta, savedAt: `2026-11-21T01:02:${second}.000Z` }, bulk);
  }
  expect((await store.list()).checkpoints.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});

test('listing reads no bulk', async () => {
  const { meta, bulk } = sample('a');
  const store = open();
  await store.save(meta, bulk);
  await set('bulk/a', 'not even an object', raw());
  expect((await store.list()).checkpoints).toHaveLength(1);
});

test('views are stored as what they show, not with the buffer beneath them', async () => {
  const { meta, bulk } = sample('a');
  const large = new Float32Array(1_000_000);
  large.set(bulk.state.trainer.weights, 500);
  bulk.state.trainer.weights = large.subarray(500, 504);
  const saved = await open().save(meta, bulk);
  const record = (await get('bulk/a', raw())) as typeof bulk;
  expect(record.state.trainer.weights.buffer.byteLength).toBe(16);
  // 18 + 24 numbers of tape, 3 times 4 of trainer, 6 + 14 of archive and its watch, 9 of curves, 4 bytes each; the rest is text.
  expect(saved.sizeBytes).toBeGreaterThan(4 * (18 + 24 + 12 + 20 + 9));
  expect(saved.sizeBytes).toBeLessThan(4000);
});

test('rename changes the name alone; delete takes both records, undo brings both back', async () => {
  const { meta, bulk } = sample('a');
  const store = open();
  const saved = await store.save(meta, bulk);
  await store.rename('a', 'better');
  const before = await store.load('a');
  expect(before.meta).toEqual({ ...saved, name: 'better' });

  const removed = await store.remove('a');
  expect(await keys(raw())).toEqual([]);
  await expect(store.load('a')).rejects.toMatchObject({ problem: 'missing' });
  await expect(store.rename('a', 'x')).rejects.toMatchObject({ problem: 'missing' });
  await expect(store.remove('a')).rejects.toMatchObject({ problem: 'missing' });
  expect(await keys(raw())).toEqual([]);

  await store.restore(removed);
  expect(await store.load('a')).toEqual(before);
});

test.each([
  ['no object', () => 'x', 'damaged', 'record'],
  ['a newer format', (m: object) => ({ ...m, schema: SCHEMA_VERSION + 1 }), 'newer', 'newer Patience'],
  ['no format', ({ schema: _, ...m }: { schema: number }) => m, 'damaged', 'schema'],
  ['a name lost', (m: object) => ({ ...m, name: undefined }), 'damaged', 'name'],
  ['an experiment of other times', (m: object) => ({ ...m, experiment: { version: 1 } }), 'damaged', 'experiment.seed'],
  ['a curve cut', (m: object) => ({ ...m, epochs: 4 }), 'damaged', 'curves.error'],
  ['another record under its key', (m: object) => ({ ...m, id: 'b' }), 'damaged', 'id'],
])(
  'unreadable metadata (%s) is reported and left alone, its neighbours are listed',
  async (_, spoil, problem, word) => {
    const store = open();
    for (const id of ['a', 'z']) await store.save(sample(id).meta, sample(id).bulk);
    const spoiled: unknown = (spoil as (m: unknown) => unknown)(await get('meta/a', raw()));
    await set('meta/a', spoiled, raw());

    const { checkpoints, unreadable } = await store.list();
    expect(checkpoints.map(({ id }) => id)).toEqual(['z']);
    expect(unreadable).toEqual([{ id: 'a', reason: expect.stringContaining(word) }]);
    await expect(store.load('a')).rejects.toMatchObject({ name: 'CheckpointError', problem });
    await expect(store.rename('a', 'x')).rejects.toMatchObject({ problem });
    expect(await get('meta/a', raw())).toEqual(spoiled);

    const removed = await store.remove('a');
    expect((await store.list()).unreadable).toEqual([]);
    await store.restore(removed);
    expect(await get('meta/a', raw())).toEqual(spoiled);
  },
);

type Bulk = ReturnType<typeof sample>['bulk'];
test.each([
  ['gone', () => undefined, 'record'],
  [
    'cut predictions',
    (b: Bulk) => ({ ...b, tape: { ...b.tape, predictions: b.tape.predictions.slice(1) } }),
    'tape.predictions',
  ],
  ['a curve of the wrong type', (b: Bulk) => ({ ...b, tape: { ...b.tape, error: [...b.tape.error] } }), 'tape.error'],
  ['no tape', ({ tape: _, ...b }: Bulk) => b, 'tape'],
  [
    'an optimizer without its memory',
    (b: Bulk) => ({ ...b, state: { ...b.state, trainer: { ...b.state.trainer, slots: [] } } }),
    'state.trainer.slots',
  ],
  [
    'weights of another network',
    (b: Bulk) => ({ ...b, state: { ...b.state, trainer: { ...b.state.trainer, weights: new Float32Array(6) } } }),
    'state.trainer.weights',
  ],
  [
    'weights of another network, and everything else to match',
    ({ state, ...b }: Bulk) => {
      const twice = (x: Float32Array) => Float32Array.from([...x, ...x]);
      const { trainer, archive } = state;
      return {
        ...b,
        state: {
          ...state,
          trainer: { ...trainer, weights: twice(trainer.weights), slots: trainer.slots.map(twice) },
          archive: { ...archive, weights: twice(archive.weights), bestWeights: twice(archive.bestWeights) },
        },
      };
    },
    'state.trainer.weights',
  ],
  [
    'a replica that diverged after the last epoch',
    (b: Bulk) => ({ ...b, tape: { ...b.tape, divergedAt: Int32Array.of(-1, 1e9) } }),
    'tape.divergedAt.1',
  ],
  [
    'an archive out of step',
    (b: Bulk) => ({ ...b, state: { ...b.state, archive: { ...b.state.archive, epochs: Int32Array.of(0) } } }),
    'state.archive.weights',
  ],
  ['rows nobody asked for', (b: Bulk) => ({ ...b, table: {} }), 'table'],
])('a damaged bulk (%s) cannot be loaded, says where, and stays as it is', async (_, spoil, where) => {
  const store = open();
  await store.save(sample('a').meta, sample('a').bulk);
  const spoiled: unknown = (spoil as (b: unknown) => unknown)(await get('bulk/a', raw()));
  await set('bulk/a', spoiled, raw());
  await expect(store.load('a')).rejects.toMatchObject({
    problem: 'damaged',
    message: expect.stringContaining(` ${where} `),
  });
  expect(await get('bulk/a', raw())).toEqual(spoiled);
});

test('a full disk is said with its remedy, and neither record is left behind', async () => {
  const store = open();
  await store.save(sample('a').meta, sample('a').bulk);
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if ((key as string).startsWith('meta/')) throw new DOMException('quota', 'QuotaExceededError');
    return put.call(this, value, key);
  });
  const heard = vi.fn();
  store.watch(heard);
  await expect(store.save(sample('b').meta, sample('b').bulk)).rejects.toMatchObject({
    problem: 'full',
    message: expect.stringContaining('Delete checkpoints'),
  });
  expect(heard).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  expect(await keys(raw())).toEqual(['bulk/a', 'meta/a']);
});

test('a large run is kept in pieces, given back, taken away whole, and brought back', async () => {
  const store = openCheckpoints({ database, channel: null, pieceBytes: 64 });
  opened.push(store);
  const { meta, bulk } = sample('a');
  const saved = await store.save(meta, bulk);
  const stored = await keys(raw());
  expect(stored.filter((key) => (key as string).startsWith('piece/a/')).length).toBeGreaterThan(1);
  expect(await store.list()).toEqual({ checkpoints: [saved], unreadable: [] });
  expect(await store.load('a')).toEqual({ meta: saved, bulk: { ...bulk, id: 'a', schema: SCHEMA_VERSION } });
  await store.save(sample('ab').meta, sample('ab').bulk);
  const removed = await store.remove('a');
  expect((await keys(raw())).filter((key) => !(key as string).includes('ab'))).toEqual([]);
  await store.load('ab');
  await store.restore(removed);
  expect((await store.load('a')).bulk.tape).toEqual(bulk.tape);
  await del('piece/a/000001', raw());
  await expect(store.load('a')).rejects.toMatchObject({ problem: 'damaged' });
});

test('what ended a transaction is told, not that it had ended; and a fault of the page as its own', async () => {
  const store = open();
  const put = IDBObjectStore.prototype.put;
  const failing = (second: (s: IDBObjectStore) => never) =>
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      return (key as string).startsWith('meta/') ? second(this) : put.call(this, value, key);
    });
  const { meta, bulk } = sample('a');
  failing((s) => {
    // As Chromium does with a value that is too large.
    s.transaction.abort();
    Object.defineProperty(s.transaction, 'error', { value: new DOMException('no room', 'QuotaExceededError') });
    throw new DOMException('The transaction has finished.', 'TransactionInactiveError');
  });
  await expect(store.save(meta, bulk)).rejects.toMatchObject({
    problem: 'full',
    message: expect.stringMatching(/^This run needs 0\.0 MB\. The browser grants this page no more storage/),
  });
  vi.restoreAllMocks();
  failing(() => {
    throw new DOMException('It could not be cloned.', 'DataCloneError');
  });
  const fault = await store.save(meta, bulk).catch((error: Error) => error);
  expect(fault).toMatchObject({ problem: 'fault', message: expect.stringContaining('could not be cloned') });
  expect((fault as Error).message).not.toMatch(/private browsing|browser's storage/);
  vi.restoreAllMocks();
  expect(await keys(raw())).toEqual([]);
});

test('a browser without IndexedDB is said plainly', async () => {
  vi.stubGlobal('indexedDB', undefined);
  try {
    await expect(open().list()).rejects.toMatchObject({
      problem: 'unavailable',
      message: expect.stringContaining('IndexedDB'),
    });
  } finally {
    vi.unstubAllGlobals();
  }
});

test('two tabs see each other: every change reaches both lists', async () => {
  const [first, second] = [open(new BroadcastChannel(database)), open(new BroadcastChannel(database))];
  const here = vi.fn();
  first.watch(here);
  const told = () => new Promise<void>((resolve) => second.watch(resolve));

  let there = told();
  await first.save(sample('a').meta, sample('a').bulk);
  await there;
  expect((await second.list()).checkpoints.map(({ id }) => id)).toEqual(['a']);
  there = told();
  await first.rename('a', 'new');
  await there;
  expect((await second.load('a')).meta.name).toBe('new');
  there = told();
  const removed = await first.remove('a');
  await there;
  expect((await second.list()).checkpoints).toEqual([]);
  await second.restore(removed);
  expect((await first.list()).checkpoints).toHaveLength(1);
  expect(here.mock.calls.length).toBeGreaterThanOrEqual(3);
});

test('two tabs that save at once both succeed', async () => {
  const [first, second] = [open(), open()];
  await Promise.all([first.save(sample('a').meta, sample('a').bulk), second.save(sample('b').meta, sample('b').bulk)]);
  expect((await first.list()).checkpoints.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('the browser is asked once to keep the storage, whatever it answers', async () => {
  const persist = vi.fn(() => Promise.resolve(false));
  const store = open(null, persist);
  await store.list();
  expect(persist).not.toHaveBeenCalled();
  for (const id of ['a', 'b']) await store.save(sample(id).meta, sample(id).bulk);
  expect(persist).toHaveBeenCalledTimes(1);
});

test('a watcher that left hears nothing', async () => {
  const store = open();
  const heard = vi.fn();
  store.watch(heard)();
  await store.save(sample('a').meta, sample('a').bulk);
  expect(heard).not.toHaveBeenCalled();
});

test('a policy is read in full, and a bad one is left where it is and named', async () => {
  const policed = (id: string, policy: unknown) => {
    const { meta, bulk } = sample(id);
    return { meta: { ...meta, experiment: withPolicy(meta.experiment, policy) }, bulk };
  };
  const good = policed('good', { any: [{ rule: 'budget', epochs: 30 }] });
  const store = open();
  const saved = await store.save(good.meta, good.bulk);
  const whole = { rule: 'budget', monitor: 'validation-loss', epochs: 30 };
  expect(saved.experiment.stopping.policy).toMatchObject({ any: [whole] });
  expect((await store.load('good')).meta).toEqual(saved);

  const bad = policed('bad', { any: [{ rule: 'budget', epochs: -1 }] });
  await expect(store.save(bad.meta, bad.bulk)).rejects.toThrow('stopping.policy.any.0.epochs');
  await set('meta/bad', { ...saved, id: 'bad', experiment: bad.meta.experiment }, raw());
  const reason =
    'The record is damaged: experiment.stopping.policy.any.0.epochs -1 must be a whole number from 1 to 1000000. It was left as it is; delete it if you do not need it.';
  expect(await store.list()).toEqual({ checkpoints: [saved], unreadable: [{ id: 'bad', reason }] });
  await expect(store.load('bad')).rejects.toThrow(reason);
  expect(await keys(raw())).toContain('meta/bad');
});

test.each([
  [
    'a BigInt in its policy',
    (meta: object) => ({ ...meta, ...{ experiment: spoiledBy(meta, { rule: 'gl', alpha: 5n }) } }),
  ],
  [
    'a policy that holds itself sixteen times',
    (meta: object) => {
      const policy: { any: unknown[] } = { any: [] };
      policy.any.push(...Array.from({ length: 16 }, () => policy));
      return { ...meta, experiment: spoiledBy(meta, policy) };
    },
  ],
])('a record with %s is told apart, and the sound one beside it is listed', async (_, spoil) => {
  const store = open();
  for (const id of ['a', 'b']) await store.save(sample(id).meta, sample(id).bulk);
  await set('meta/a', spoil((await get('meta/a', raw()))!), raw());
  const { checkpoints, unreadable } = await store.list();
  expect(checkpoints.map(({ id }) => id)).toEqual(['b']);
  expect(unreadable).toMatchObject([{ id: 'a', reason: expect.stringContaining('The record is damaged') }]);
  await expect(store.load('a')).rejects.toThrow(CheckpointError);
});

/** The experiment of a stored description with something else in place of its policy. */
function spoiledBy(meta: object, policy: unknown): Experiment {
  return withPolicy((meta as { experiment: Experiment }).experiment, policy);
}

test('a bulk without its description is listed as unreadable, can be deleted, and brought back', async () => {
  const store = open();
  await store.save(sample('a').meta, sample('a').bulk);
  await del('meta/a', raw());
  expect(await store.list()).toMatchObject({
    checkpoints: [],
    unreadable: [{ id: 'a', reason: expect.stringContaining('has no description') }],
  });
  const removed = await store.remove('a');
  expect(await keys(raw())).toEqual([]);
  await store.restore(removed);
  expect(await keys(raw())).toEqual(['bulk/a']);
});

test('a storage that never answers is said after a while, and nothing is done late', async () => {
  const opening: { onsuccess?: () => void; result?: IDBDatabase } = {};
  vi.spyOn(indexedDB, 'open').mockReturnValueOnce(opening as unknown as IDBOpenDBRequest);
  const store = openCheckpoints({ database, channel: null, limitMs: 20 });
  opened.push(store);
  await expect(store.save(sample('a').meta, sample('a').bulk)).rejects.toMatchObject({
    problem: 'unavailable',
    message: expect.stringContaining('has not answered for 0.02 s'),
  });
  // It answers after all: what was said to have failed is not done behind the reader's back.
  const real = indexedDB.open(database);
  await new Promise<void>((resolve) => {
    real.onupgradeneeded = () => real.result.createObjectStore('records');
    real.onsuccess = () => resolve();
  });
  opening.result = real.result;
  opening.onsuccess!();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await store.list()).toEqual({ checkpoints: [], unreadable: [] });
});
