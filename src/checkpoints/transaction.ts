/** @file One transaction of the browser's storage: all of it or nothing, within a time limit, with its failures in words. */
import type { UseStore } from 'idb-keyval';
import { CheckpointError } from './checkpoint.ts';

/**
 * One transaction: resolves once it is on disk, and undoes all of it if `work` throws, or if the storage has not answered
 * in time. The abort carries the reason (a request's own error event may not), which is how a full disk is told from
 * other failures.
 */
export async function transact<T>(
  use: UseStore,
  limitMs: number,
  mode: IDBTransactionMode,
  work: (s: IDBObjectStore) => T | Promise<T>,
): Promise<T> {
  let begun: IDBTransaction | null = null;
  let late = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      if (begun) abort(begun);
      reject(new Error(`it has not answered for ${limitMs / 1000} s`));
    }, limitMs);
  });
  const working = opened(use, mode, async (s) => {
    begun = s.transaction;
    if (late) {
      // Who waited for it was told that nothing was done.
      abort(begun);
      throw new Error('the storage answered too late');
    }
    const done = new Promise<void>((resolve, reject) => {
      s.transaction.oncomplete = () => resolve();
      s.transaction.onabort = () => reject(s.transaction.error ?? new Error('the browser aborted the transaction'));
    });
    try {
      const [result] = await Promise.all([(async () => work(s))(), done]);
      return result;
    } catch (error) {
      abort(s.transaction);
      if (!hasEnded(error)) throw ofBrowser(error) ? error : new Fault(error);
      // That it had ended says nothing: what ended it does.
      throw await done.then(
        () => new Fault(error),
        (cause: unknown) => (cause instanceof Error && cause.name === 'AbortError' ? new Fault(error) : cause),
      );
    }
  });
  try {
    return await Promise.race([working, limit]);
  } catch (error) {
    throw explained(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects, where the browser has no storage at all, instead of throwing. */
async function opened<T>(use: UseStore, mode: IDBTransactionMode, work: (s: IDBObjectStore) => Promise<T>): Promise<T> {
  return use(mode, work);
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error; // it had ended already
  }
}

/** What the page did wrong, as opposed to what the browser's storage did. */
class Fault extends Error {
  constructor(override readonly cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

/** Errors of the storage itself; others with a name of the browser say that it was asked for what it never does. */
const OF_BROWSER = [
  'AbortError',
  'QuotaExceededError',
  'UnknownError',
  'TimeoutError',
  'NotReadableError',
  'SecurityError',
];
const ofBrowser = (error: unknown) =>
  error instanceof CheckpointError || (error instanceof Error && OF_BROWSER.includes(error.name));
const hasEnded = (error: unknown) =>
  error instanceof Error && (error.name === 'TransactionInactiveError' || error.name === 'InvalidStateError');

function explained(error: unknown): Error {
  if (error instanceof CheckpointError) return error;
  if (error instanceof Fault) {
    return new CheckpointError(
      'fault',
      `This page made a mistake: ${error.message}. Nothing was changed. Export what you need, reload the page and try again; if it stays so, report it.`,
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'QuotaExceededError') {
    return new CheckpointError(
      'full',
      'The browser grants this page no more storage. Delete checkpoints you no longer need, or free disk space, and save again.',
    );
  }
  return new CheckpointError(
    'unavailable',
    `The browser's storage (IndexedDB) failed: ${reason}. Checkpoints need it; leave private browsing, allow this page to store data, or restart the browser.`,
  );
}
