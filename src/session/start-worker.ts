/** @file Starts a worker of the page; says in words where the browser has none. */
import { allowOwnWorkers } from '../engine/worker-addresses.ts';

/** `start` holds `new Worker(new URL(…))` as it stands there: that is what the build looks for. */
export function startWorker(start: () => Worker): Worker {
  if (typeof Worker === 'undefined')
    throw new Error('this browser has no web workers; use a current Chrome, Edge, Firefox or Safari');
  allowOwnWorkers();
  return start();
}
