/** @file Checkpoints in IndexedDB: metadata and bulk under keys of their own, always written together. */
import { createStore, promisifyRequest } from 'idb-keyval';
import { exactCopy, sizeOf } from './exact.ts';
import { transact } from './transaction.ts';
import { CheckpointError, SCHEMA_VERSION, type CheckpointBulk, type CheckpointMeta } from './checkpoint.ts';
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
}

/** What is used of a `BroadcastChannel`. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'>;

export interface StoreOptions {
  database?: string;
  /** Tells other tabs; null where there are none to tell. */
  channel?: Channel | null;
  /** Asks the browser not to clear the storage by itself; called once, at the first save. */
  persist?: () => Promise<unknown>;
  /** How long the storage may take for an answer, ms. */
  limitMs?: number;
}

export type CheckpointStore = ReturnType<typeof openCheckpoints>;

const metaKey = (id: string) => `meta/${id}`;
const bulkKey = (id: string) => `bulk/${id}`;
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

  const within = <T>(mode: IDBTransactionMode, work: (s: IDBObjectStore) => T | Promise<T>) =>
    transact(use, limitMs, mode, work);

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

    /** Writes both records or neither; throws `full` where the browser grants no more space. */
    async save(newMeta: NewMeta, newBulk: NewBulk): Promise<CheckpointMeta> {
      const bulk: CheckpointBulk = { id: newMeta.id, schema: SCHEMA_VERSION, ...exactCopy(newBulk) };
      const light = exactCopy({ ...newMeta, schema: SCHEMA_VERSION } as const);
      const meta = await withItsPolicy(readMeta(newMeta.id, { ...light, sizeBytes: sizeOf(light) + sizeOf(bulk) }));
      readBulk(meta, bulk);
      if (!asked) {
        asked = true;
        void persist(); // not awaited: the browser may put the question to the reader, and the run is safe either way
      }
      await within('readwrite', (s) => {
        s.put(bulk, bulkKey(meta.id));
        s.put(meta, metaKey(meta.id));
      });
      changed();
      return meta;
    },

    async load(id: string): Promise<{ meta: CheckpointMeta; bulk: CheckpointBulk }> {
      const [light, heavy] = await within('readonly', (s) => both(s, id));
      if (light === undefined) throw gone(id);
      const meta = await withItsPolicy(readMeta(id, light));
      return { meta, bulk: readBulk(meta, heavy) };
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

    /** Takes both records away, readable or not, and returns them for `restore`. */
    async remove(id: string): Promise<Removed> {
      const [meta, bulk] = await within('readwrite', async (s) => {
        const found = await both(s, id);
        if (found[0] === undefined && found[1] === undefined) throw gone(id);
        s.delete(metaKey(id));
        s.delete(bulkKey(id));
        return found;
      });
      changed();
      return { id, meta, bulk };
    },

    /** Undoes `remove`. */
    async restore(removed: Removed): Promise<void> {
      await within('readwrite', (s) => {
        if (removed.bulk !== undefined) s.put(removed.bulk, bulkKey(removed.id));
        if (removed.meta !== undefined) s.put(removed.meta, metaKey(removed.id));
      });
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

function both(s: IDBObjectStore, id: string): Promise<[unknown, unknown]> {
  return Promise.all([promisifyRequest<unknown>(s.get(metaKey(id))), promisifyRequest<unknown>(s.get(bulkKey(id)))]);
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
