/** @file The interface of a stopping rule: its parameters by their own names, and how it watches one history. */
import type { Monitor, Setting } from '../engine/experiment/experiment.ts';

/** How far training has come by the end of an epoch: optimizer steps, training points met, FLOPs (of cost.ts), seconds. */
export const METERS = ['updates', 'examples', 'flops', 'seconds'] as const;
export type Meter = (typeof METERS)[number];

/** Whatever a rule may look at. */
export type Measure = Monitor | Meter;

/** What was measured at one epoch; null: not reported this time. */
export type EpochValues = Readonly<Partial<Record<Measure, number | null>>>;

interface Described {
  /** One sentence that explains it where it is set. */
  help: string;
  /** The parameter that says in which unit this one counts. */
  unitIn?: string;
  /** What the library itself says to a value that it does not take. */
  refusal?: string;
}

/** A parameter of a rule: what it may be set to, and what it is when nothing is said (the library's own default). */
export type Parameter = Described &
  (
    | { kind: 'number'; min: number; max: number; integer?: boolean; default: number }
    /** A number or nothing. */
    | { kind: 'optional'; min: number; max: number; integer?: boolean; default: number | null }
    | { kind: 'choice'; options: readonly string[]; default: string }
    | { kind: 'flag'; default: boolean }
  );

/** The settings of a rule of this shape of parameters. */
export type SettingsOf<P extends Readonly<Record<string, Parameter>>> = {
  -readonly [K in keyof P]: Parameter extends P[K]
    ? Setting
    : P[K] extends { kind: 'number' }
      ? number
      : P[K] extends { kind: 'optional' }
        ? number | null
        : P[K] extends { kind: 'choice'; options: readonly (infer O)[] }
          ? O
          : boolean;
};

/** Whether a metric is to shrink or to grow. */
export type Direction = 'min' | 'max';

/** A rule at work on one history. Epochs are indices from 0. */
export interface Watch {
  /**
   * Takes the next epoch's value (null: it was not reported) and tells whether training stops after this epoch; `also`
   * has what else the rule said it needs.
   */
  observe(value: number | null, also: EpochValues): boolean;
  /** The epoch that is best in the eyes of the rule, −1 if there is none. */
  readonly best: number;
  /** Its counter: how often in a row it has seen no improvement. */
  readonly wait: number;
  /**
   * What the next value has to pass to count as an improvement, in units of the value; null where there is nothing to
   * compare with yet. Absent where the rule does not compare values one by one.
   */
  readonly reference?: number | null;
  /** Why it stopped, or has not: one sentence that counts epochs trained (index + 1). */
  why(): string;
}

export interface Rule<P extends Readonly<Record<string, Parameter>> = Readonly<Record<string, Parameter>>> {
  /** As its users call it, e.g. `PyTorch Lightning`. */
  label: string;
  /** The versions it was proven equal to, e.g. `lightning 2.5.5`; empty for a rule from the literature. */
  version: string;
  /** One or two sentences: what is particular about it. */
  help: string;
  /** By the names that the library gives them, in its own order. */
  parameters: P;
  /** What it needs beside what it watches; absent: nothing. */
  needs?(settings: SettingsOf<P>): readonly Measure[];
  /** The only metrics it makes sense of; absent: all of them. */
  monitors?: readonly Monitor[];
  /** Whether a run ends with the weights of its best epoch, given whether the rule stopped it; absent: always. */
  restores?(settings: SettingsOf<P>, fired: boolean): boolean;
  /** `direction` is how the watched metric improves, for settings that leave that open (`auto`); absent: `min`. */
  start(settings: SettingsOf<P>, direction?: Direction): Watch;
}
