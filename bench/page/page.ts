/** @file The functions that `npm run bench` calls in the browser: `window.bench`. */
import type { ContenderName } from '../contenders.ts';
import type { Case } from '../matrix.ts';
import type { Answer, Turn } from './worker.ts';

/** An answer that takes longer is given up, and its worker with it. */
const LATE_MS = 120_000;

const workers = new Map<ContenderName, Worker>();

/** Asks a contender's worker; one question at a time. */
function ask<T>(contender: ContenderName, verb: string, ...args: unknown[]): Promise<T> {
  const worker = workers.get(contender);
  if (!worker) throw new Error(`${contender} is not open`);
  return new Promise<T>((resolve, reject) => {
    const late = setTimeout(() => {
      worker.terminate();
      workers.delete(contender);
      reject(new Error(`it did not answer within ${LATE_MS / 1000} s`));
    }, LATE_MS);
    worker.onmessage = ({ data }: MessageEvent<Answer<T>>) => {
      clearTimeout(late);
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.value);
    };
    worker.onerror = ({ message }) => {
      clearTimeout(late);
      reject(new Error(message));
    };
    worker.postMessage({ verb, args });
  });
}

const bench = {
  open(contender: ContenderName): Promise<null> {
    workers.set(contender, new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: contender }));
    return ask(contender, 'open', contender);
  },
  /** Resolves with its distance from the reference. */
  async prepare(contender: ContenderName, one: Case): Promise<number> {
    if (!workers.has(contender)) await bench.open(contender);
    return ask(contender, 'prepare', one);
  },
  turn: (contender: ContenderName, one: Case) => ask<Turn>(contender, 'turn', one),
  release: async (contender: ContenderName) => (workers.has(contender) ? ask<null>(contender, 'release') : null),
  replay: async () => (await import('./replay.ts')).measureReplay(),
  rules: async () => (await import('./replay.ts')).measureRules(),
  profile: async () => (await import('./profile.ts')).measureProfile(),
};

export type Bench = typeof bench;
Object.assign(window, { bench });
