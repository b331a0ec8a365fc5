/** @file Checkpoints in IndexedDB: metadata and bulk under keys of their own, always written together. */
import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';
import { exactCopy, sizeOf } from './exact.ts';
import { CheckpointError, SCHEMA_VERSION, type CheckpointBulk, type CheckpointMeta } from './checkpoint.ts';
import { readBulk, readMeta, withItsPolicy } from './format.ts';

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
}

export type CheckpointStore = ReturnType<typeof openCheckpoints>;

const metaKey = (id: string) => `meta/${id}`;
const bulkKey = (id: string) => `bulk/${id}`;
/** Every `meta/…` key: `0` is the character after `/`. */
const everyMeta = () => IDBKeyRange.bound('meta/', 'meta0', false, true);

export function openCheckpoints(options: StoreOptions = {}) {
  const use = createStore(options.database ?? 'patience-checkpoints', 'records');
  const channel = options.channel === undefined ? openChannel() : options.channel;
  const persist = options.persist ?? persistStorage;
  const watchers = new Set<() => void>();
  let asked = false;

  const tell = () => watchers.forEach((watcher) => watcher());
  channel?.addEventListener('message', tell);
  const changed = () => {
    tell();
    channel?.postMessage('changed');
  };

  return {
    /** Every record's metadata; the bulk stays where it is. */
    async list(): Promise<Listing> {
      const [keys, records] = await transact(use, 'readonly', (s) =>
        Promise.all([promisifyRequest(s.getAllKeys(everyMeta())), promisifyRequest(s.getAll(everyMeta()))]),
      );
      const listing: Listing = { checkpoints: [], unreadable: [] };
      for (const [i, key] of keys.entries()) {
        const id = (key as string).slice(metaKey('').length);
        try {
          listing.checkpoints.push(await withItsPolicy(readMeta(id, records[i])));
        } catch (error) {
          if (!(error instanceof CheckpointError)) throw error;
          listing.unreadable.push({ id, reason: error.message });
        }
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
      await transact(use, 'readwrite', (s) => {
        s.put(bulk, bulkKey(meta.id));
        s.put(meta, metaKey(meta.id));
      });
      changed();
      return meta;
    },

    async load(id: string): Promise<{ meta: CheckpointMeta; bulk: CheckpointBulk }> {
      const [light, heavy] = await transact(use, 'readonly', (s) => both(s, id));
      if (light === undefined) throw gone(id);
      const meta = await withItsPolicy(readMeta(id, light));
      return { meta, bulk: readBulk(meta, heavy) };
    },

    /** Throws for a record that cannot be read: it is left alone. */
    async rename(id: string, name: string): Promise<void> {
      await transact(use, 'readwrite', async (s) => {
        const record: unknown = await promisifyRequest(s.get(metaKey(id)));
        if (record === undefined) throw gone(id);
        s.put({ ...readMeta(id, record), name }, metaKey(id));
      });
      changed();
    },

    /** Takes both records away, readable or not, and returns them for `restore`. */
    async remove(id: string): Promise<Removed> {
      const [meta, bulk] = await transact(use, 'readwrite', async (s) => {
        const found = await both(s, id);
        if (found[0] === undefined) throw gone(id);
        s.delete(metaKey(id));
        s.delete(bulkKey(id));
        return found;
      });
      changed();
      return { id, meta, bulk };
    },

    /** Undoes `remove`. */
    async restore(removed: Removed): Promise<void> {
      await transact(use, 'readwrite', (s) => {
        if (removed.bulk !== undefined) s.put(removed.bulk, bulkKey(removed.id));
        s.put(removed.meta, metaKey(removed.id));
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

/**
 * One transaction: resolves once it is on disk, and undoes all of it if `work` throws. The abort carries the reason (a
 * request's own error event may not), which is how a full disk is told from other failures.
 */
async function transact<T>(
  use: UseStore,
  mode: IDBTransactionMode,
  work: (s: IDBObjectStore) => T | Promise<T>,
): Promise<T> {
  try {
    return await use(mode, async (s) => {
      const done = new Promise<void>((resolve, reject) => {
        s.transaction.oncomplete = () => resolve();
        s.transaction.onabort = () => reject(s.transaction.error ?? new Error('the browser gave the transaction up'));
      });
      try {
        const [result] = await Promise.all([(async () => work(s))(), done]);
        return result;
      } catch (error) {
        abort(s.transaction);
        throw error;
      }
    });
  } catch (error) {
    throw explained(error);
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error; // it had ended already
  }
}

function explained(error: unknown): Error {
  if (error instanceof CheckpointError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'QuotaExceededError') {
    return new CheckpointError(
      'full',
      'The browser grants this page no more storage. Delete checkpoints you no longer need, or free disk space, and save again.',
    );
  }
  return new CheckpointError(
    'unavailable',
    `The browser's storage (IndexedDB) failed: ${reason}. Checkpoints need it; leave private browsing, or allow this page to store data.`,
  );
}

function openChannel(): Channel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('patience-checkpoints');
}

/** A refusal only means that the browser may clear the storage when space runs short, so every answer will do. */
async function persistStorage(): Promise<boolean> {
  if (typeof navigator === 'undefined' || !navigator.storage?.persist) return false;
  return navigator.storage.persist().catch(() => false);
}
