/** @file Checkpoints in IndexedDB: metadata, bulk and its pieces under keys of their own, always written together. */
import { createStore, promisifyRequest } from 'idb-keyval';
import { exactCopy, sizeOf } from './exact.ts';
import { joinPieces, PIECE_BYTES, piecesOf, split } from './pieces.ts';
import { transact } from './transaction.ts';
import { CheckpointError, SCHEMA_VERSION, type CheckpointBulk, type CheckpointMeta } from './checkpoint.ts';
import { isTree } from '../engine/experiment/tree.ts';
import { damaged, readBulk, readMeta, withItsPolicy } from './format.ts';

export type NewMeta = Omit<CheckpointMeta, 'schema' | 'sizeBytes'>;
export type NewBulk = Omit<CheckpointBulk, 'schema' | 'id'>;

export interface Listing {
  /** Newest first. */
  checkpoints: CheckpointMeta[];
  /** Records that could not be read and were left alone, with the reason in words. */
  unreadable: { id: string; reason: string }[];
}

/** What `remove` took away, as it was stored, for `restore`. */
export interface Removed {
  id: string;
  meta: unknown;
  bulk: unknown;
  /** What did not fit into the bulk, see pieces.ts. */
  pieces: readonly unknown[];
}

/** What is used of a `BroadcastChannel`. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>;

export interface StoreOptions {
  database?: string;
  /** Tells other tabs; null where there are none to tell. */
  channel?: Channel | null;
  /** Asks the browser not to clear the storage by itself; called once, at the first save. */
  persist?: () => Promise<unknown>;
  /** How long the storage may take for an answer, ms; for every 16 MB that it is given, it may take as long again. */
  limitMs?: number;
  /** Of what a record is at most, see pieces.ts. */
  pieceBytes?: number;
}

export type CheckpointStore = ReturnType<typeof openCheckpoints>;

const metaKey = (id: string) => `meta/${id}`;
const bulkKey = (id: string) => `bulk/${id}`;
/** In the order of their numbers. */
const pieceKey = (id: string, i: number) => `piece/${id}/${String(i).padStart(6, '0')}`;
const everyPiece = (id: string) => IDBKeyRange.bound(`piece/${id}/`, `piece/${id}0`, false, true);
/** Every `meta/…` or `bulk/…` key: `0` is the character after `/`. */
const every = (kind: 'meta' | 'bulk') => IDBKeyRange.bound(`${kind}/`, `${kind}0`, false, true);
const idIn = (key: IDBValidKey) => (key as string).slice('meta/'.length);

export function openCheckpoints(options: StoreOptions = {}) {
  const use = createStore(options.database ?? 'patience-checkpoints', 'records');
  const channel = options.channel === undefined ? openChannel() : options.channel;
  const persist = options.persist ?? persistStorage;
  const limitMs = options.limitMs ?? 20_000;
  const watchers = new Set<() => void>();
  let asked = false;

  const tell = () => watchers.forEach((watcher) => watcher());
  channel?.addEventListener('message', tell);
  const changed = () => {
    tell();
    channel?.postMessage('changed');
  };

  const within = <T>(mode: IDBTransactionMode, work: (s: IDBObjectStore) => T | Promise<T>, sizeBytes = 0) =>
    transact(use, limitMs * (1 + Math.floor(sizeBytes / PIECE_BYTES)), mode, work);

  return {
    /** Every record's metadata; the bulk stays where it is. */
    async list(): Promise<Listing> {
      const [keys, records, bulks] = await within('readonly', (s) =>
        Promise.all([
          promisifyRequest(s.getAllKeys(every('meta'))),
          promisifyRequest(s.getAll(every('meta'))),
          promisifyRequest(s.getAllKeys(every('bulk'))),
        ]),
      );
      const listing: Listing = { checkpoints: [], unreadable: [] };
      const described = new Set(keys.map(idIn));
      for (const [i, key] of keys.entries()) {
        const id = idIn(key);
        try {
          listing.checkpoints.push(await withItsPolicy(readMeta(id, records[i])));
        } catch (error) {
          listing.unreadable.push({ id, reason: reasonOf(error) });
        }
      }
      for (const id of bulks.map(idIn)) {
        if (!described.has(id))
          listing.unreadable.push({ id, reason: damaged('record', 'has no description').message });
      }
      listing.checkpoints.sort((a, b) =>
        a.savedAt < b.savedAt ? 1 : a.savedAt > b.savedAt ? -1 : a.id < b.id ? -1 : 1,
      );
      return listing;
    },

    /** Writes all records or none; throws `full`, with the size, where the browser grants no more space. */
    async save(newMeta: NewMeta, newBulk: NewBulk): Promise<CheckpointMeta> {
      const bulk: CheckpointBulk = { id: newMeta.id, schema: SCHEMA_VERSION, ...exactCopy(newBulk) };
      const light = exactCopy({ ...newMeta, schema: SCHEMA_VERSION } as const);
      const meta = await withItsPolicy(readMeta(newMeta.id, { ...light, sizeBytes: sizeOf(light) + sizeOf(bulk) }));
      readBulk(meta, bulk);
      if (!asked) {
        asked = true;
        void persist(); // not awaited: the browser may put the question to the reader, and the run is safe either way
      }
      const { record, pieces } = split(bulk, options.pieceBytes);
      const writing = within('readwrite', (s) => put(s, { id: meta.id, meta, bulk: record, pieces }), meta.sizeBytes);
      await writing.catch((error: unknown) => {
        throw withSize(error, meta.sizeBytes);
      });
      changed();
      return meta;
    },

    async load(id: string): Promise<{ meta: CheckpointMeta; bulk: CheckpointBulk }> {
      const light: unknown = await within('readonly', (s) => promisifyRequest<unknown>(s.get(metaKey(id))));
      if (light === undefined) throw gone(id);
      const meta = await withItsPolicy(readMeta(id, light));
      const { bulk, pieces } = await within('readonly', (s) => found(s, id), meta.sizeBytes);
      return { meta, bulk: readBulk(meta, joinPieces(bulk, pieces)) };
    },

    /** Throws for a record that cannot be read: it is left alone. */
    async rename(id: string, name: string): Promise<void> {
      await within('readwrite', async (s) => {
        const record: unknown = await promisifyRequest(s.get(metaKey(id)));
        if (record === undefined) throw gone(id);
        s.put({ ...readMeta(id, record), name }, metaKey(id));
      });
      changed();
    },

    /** Takes all its records away, readable or not, and returns them for `restore`. */
    async remove(id: string): Promise<Removed> {
      const sizeBytes = sizeIn(await within('readonly', (s) => promisifyRequest<unknown>(s.get(metaKey(id)))));
      const work = async (s: IDBObjectStore) => {
        const records = await found(s, id);
        if (records.meta === undefined && records.bulk === undefined) throw gone(id);
        s.delete(metaKey(id));
        s.delete(bulkKey(id));
        s.delete(everyPiece(id));
        return records;
      };
      const removed = await within('readwrite', work, sizeBytes);
      changed();
      return removed;
    },

    /** Undoes `remove`. */
    async restore(removed: Removed): Promise<void> {
      await within('readwrite', (s) => put(s, removed), sizeIn(removed.meta));
      changed();
    },

    /** Calls back after every change, in this tab or another; returns the way to stop it. */
    watch(watcher: () => void): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },

    close(): void {
      watchers.clear();
      channel?.close();
    },
  };
}

function put(s: IDBObjectStore, { id, meta, bulk, pieces }: Removed): void {
  pieces.forEach((piece, i) => s.put(piece, pieceKey(id, i)));
  if (bulk !== undefined) s.put(bulk, bulkKey(id));
  if (meta !== undefined) s.put(meta, metaKey(id));
}

/** Pieces are read one by one: together they may be more than the browser hands over at once. */
async function found(s: IDBObjectStore, id: string): Promise<Removed> {
  const [meta, bulk] = await Promise.all([
    promisifyRequest<unknown>(s.get(metaKey(id))),
    promisifyRequest<unknown>(s.get(bulkKey(id))),
  ]);
  const pieces: unknown[] = [];
  const count = piecesOf(bulk);
  while (pieces.length < count) pieces.push(await promisifyRequest<unknown>(s.get(pieceKey(id, pieces.length))));
  return { id, meta, bulk, pieces };
}

/** Bytes of a checkpoint by its description, which may not be readable. */
const sizeIn = (meta: unknown) => (isTree(meta) && typeof meta.sizeBytes === 'number' ? meta.sizeBytes : 0);

/** Why a run was not kept, with its size where that matters. */
function withSize(error: unknown, sizeBytes: number): unknown {
  if (!(error instanceof CheckpointError) || error.problem !== 'full') return error;
  return new CheckpointError('full', `This run needs ${(sizeBytes / 1e6).toFixed(1)} MB. ${error.message}`);
}

const gone = (id: string) =>
  new CheckpointError('missing', `There is no checkpoint ${id} any more; it was deleted here or in another tab.`);

/** Whatever is wrong with one record, the others are listed. */
const reasonOf = (error: unknown) =>
  error instanceof CheckpointError ? error.message : damaged('record', `cannot be read (${String(error)})`).message;

function openChannel(): Channel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('patience-checkpoints');
}

/** A refusal only means that the browser may clear the storage when space runs short, so every answer will do. */
async function persistStorage(): Promise<boolean> {
  if (typeof navigator === 'undefined' || !navigator.storage?.persist) return false;
  return navigator.storage.persist().catch(() => false);
}
