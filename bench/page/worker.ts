/** @file A worker for one trainer: opens and checks it, prepares a case, and times a turn when asked. */
import { stepsPerEpoch } from '../../src/engine/training/batches.ts';
import type { Gate, Job } from '../../src/engine/trainers/trainer.ts';
import type { ContenderName } from '../contenders.ts';
import { caseName, type Case } from '../matrix.ts';
import { disagreement, shortened } from './check.ts';
import { OPENERS, type Contestant, type Open } from './contestants.ts';
import { jobOf } from './job.ts';

export type Answer<T> = { value: T } | { error: string };

export interface Turn {
  /** Epochs trained, a fraction if the turn was cut short. */
  epochs: number;
  ms: number;
}

/** A turn takes about this long: many epochs of a fast contender, … */
const TURN_MS = 300;
/** … one of a slow one, and a share of one that would take longer than this, … */
const LIMIT_MS = 1500;
/** … if it has so many steps that they are nearly all of its work: trainers count an evaluation like a step. */
const CUTTABLE_STEPS = 32;
/** Numbers that the epochs of one turn may hand over, 64 MB. */
const NUMBERS = 2 ** 24;
/** The training loss after a few steps may differ this much from the reference: float32 and other approximations. */
const TOLERANCE = 1e-3;

class OutOfTime extends Error {}

let opened: Open;

interface Prepared {
  trainer: Contestant;
  /** Epochs that one turn may have. */
  most: number;
  cuttable: boolean;
  msPerEpoch: number;
}

/** By the names of their cases. */
const prepared = new Map<string, Prepared>();

const verbs = {
  async open(contender: ContenderName): Promise<null> {
    opened = await OPENERS[contender]();
    return null;
  },

  /** Resolves with its distance from the reference when it is ready for its first turn. */
  async prepare(one: Case): Promise<number> {
    const job = jobOf(one);
    const off = await check(shortened(job));
    if (!(off <= TOLERANCE)) throw new Error(`its loss is ${off} (relative) away from the reference`);
    const { replicas, layout } = job;
    const points = replicas.train.size + replicas.validation.size + replicas.test.size;
    const most = Math.max(1, Math.floor(NUMBERS / (replicas.count * (points * replicas.outputs + layout.parameters))));
    const cuttable = stepsPerEpoch(job.experiment, replicas.train.size) >= CUTTABLE_STEPS;
    prepared.set(caseName(one), { trainer: await opened.create(job), most, cuttable, msPerEpoch: Infinity });
    // Warms up, then learns how many epochs make a turn.
    const { ms } = await this.turn(one);
    if (ms < TURN_MS) await this.turn(one);
    return off;
  },

  async turn(one: Case): Promise<Turn> {
    const current = prepared.get(caseName(one));
    if (!current) throw new Error(`${caseName(one)} is not prepared`);
    const { trainer, most, cuttable, msPerEpoch } = current;
    const wanted = Math.max(1, Math.min(most, Math.round(TURN_MS / msPerEpoch)));
    const start = performance.now();
    let done = 0;
    const gate: Gate = (now) => {
      done = now;
      const late = cuttable && performance.now() - start > LIMIT_MS && done > 0 && done < wanted;
      return late ? Promise.reject(new OutOfTime()) : Promise.resolve();
    };
    try {
      await trainer.advance(wanted, gate);
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      await trainer.settle();
    }
    const ms = performance.now() - start;
    current.msPerEpoch = ms / done;
    return { epochs: done, ms };
  },

  /** Gives all cases up. */
  release(): null {
    for (const { trainer } of prepared.values()) trainer.dispose();
    prepared.clear();
    return null;
  },
};

async function check(job: Job): Promise<number> {
  const trainer = await opened.create(job);
  try {
    return disagreement(job, await trainer.advance(1, () => Promise.resolve()));
  } finally {
    trainer.dispose();
  }
}

type Verb = keyof typeof verbs;
type Question = { [V in Verb]: { verb: V; args: Parameters<(typeof verbs)[V]> } }[Verb];

self.onmessage = async ({ data: { verb, args } }: MessageEvent<Question>) => {
  try {
    self.postMessage({ value: await (verbs[verb] as (...args: unknown[]) => unknown).apply(verbs, args) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
