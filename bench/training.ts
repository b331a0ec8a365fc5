/** @file Times the trainers on each case in turns, so that a slow phase of the machine affects all of them. */
import type { Page } from '@playwright/test';
import type { ContenderName } from './contenders.ts';
import type { Case } from './matrix.ts';
import type { Bench } from './page/page.ts';
import { summarise, type Spread } from './statistics.ts';

const ROUNDS = 7;
/** A contender that has had this much time for a case sits the other rounds out. */
const ENOUGH_MS = 8000;

export interface ContenderCase {
  contender: ContenderName;
  case: Case;
}

export interface Timing extends ContenderCase {
  /** Why there are no times; null if there are. */
  failure: string | null;
  /** Milliseconds for an epoch of all replicas, round by round. */
  ms: number[];
  spread: Spread | null;
  /** Whether its turns were cut short: the time is that of a share of an epoch, divided by the share. */
  cut: boolean;
  /** Relative distance of its training loss after a few steps from that of the reference. */
  off: number | null;
}

/** Asks in the page; see page/page.ts. */
export function ask<V extends keyof Bench>(page: Page, verb: V, ...args: Parameters<Bench[V]>): Promise<Answer<V>> {
  return page.evaluate(
    ([verb, args]) =>
      (window as unknown as { bench: Record<string, (...args: unknown[]) => unknown> }).bench[verb]!(...args),
    [verb, args] as [string, unknown[]],
  ) as Promise<Answer<V>>;
}

type Answer<V extends keyof Bench> = Awaited<ReturnType<Bench[V]>>;

/** Opens the contenders; says which of them could be, and why the others could not. */
export async function openAll(page: Page, contenders: readonly ContenderName[]) {
  const opened: ContenderName[] = [];
  const failures = new Map<ContenderName, string>();
  for (const contender of contenders) {
    try {
      await ask(page, 'open', contender);
      opened.push(contender);
    } catch (error) {
      failures.set(contender, wordsOf(error));
    }
  }
  return { opened, failures };
}

/** Times some entries in turns. No round begins after the first once `Date.now()` has passed `until`. */
export async function timeTogether(page: Page, entries: readonly ContenderCase[], until: number): Promise<Timing[]> {
  const timings: Timing[] = [];
  for (const entry of entries) {
    const timing: Timing = { ...entry, failure: null, ms: [], spread: null, cut: false, off: null };
    timings.push(timing);
    try {
      timing.off = await ask(page, 'prepare', entry.contender, entry.case);
    } catch (error) {
      timing.failure = wordsOf(error);
    }
  }
  const spent = new Map<Timing, number>();
  for (let round = 0; round < ROUNDS && (round === 0 || Date.now() < until); round++) {
    // Everybody follows everybody else in turn.
    const order = timings.map((_, i) => timings[(i + round) % timings.length]!);
    for (const timing of order) {
      const before = spent.get(timing) ?? 0;
      if (timing.failure !== null || before > ENOUGH_MS) continue;
      try {
        const { epochs, ms } = await ask(page, 'turn', timing.contender, timing.case);
        timing.ms.push(ms / epochs);
        timing.cut ||= !Number.isInteger(epochs);
        spent.set(timing, before + ms);
      } catch (error) {
        timing.failure = wordsOf(error);
      }
    }
  }
  for (const timing of timings) if (timing.failure === null) timing.spread = summarise(timing.ms);
  for (const contender of new Set(entries.map((entry) => entry.contender))) await ask(page, 'release', contender);
  return timings;
}

/** The page's own words, without where Playwright heard them. */
function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error))
    .replace(/^page\.evaluate: (Error: )?/, '')
    .split('\n')[0]!;
}
