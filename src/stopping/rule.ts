/** @file The interface of a stopping rule: its parameters by their own names, and how it watches one history. */
import type { Monitor, Setting } from '../engine/experiment/experiment.ts';

/** How far training has come by the end of an epoch: optimizer steps, training points met, FLOPs (of cost.ts), seconds. */
export const METERS = ['updates', 'examples', 'flops', 'seconds'] as const;
export type Meter = (typeof METERS)[number];

/** Whatever a rule may look at. */
export type Measure = Monitor | Meter;

/** What was measured at one epoch; null: not reported this time. */
export type EpochValues = Readonly<Partial<Record<Measure, number | null>>>;

/** Whether a metric is to shrink or to grow. */
export type Direction = 'min' | 'max';

/**
 * What a parameter does in its rule, whatever the library calls it.
 *
 * - `counter`: how many epochs the rule waits for what it waits for, before it stops
 * - `margin`: how much better than the best a value has to be to count as an improvement
 * - `direction`: whether the metric is to shrink or to grow
 * - `warm-up`: how many epochs at the beginning the rule does not look at
 * - `restores`: whether the run ends with the weights of its best epoch
 */
export type ParameterRole = 'counter' | 'margin' | 'direction' | 'warm-up' | 'restores';

interface Described {
  /** One sentence that explains it where it is set. */
  help: string;
  /** What it is called beside a slider; absent: as `keyInWords` says its name. */
  short?: string;
  /** The parameter that says in which unit this one counts; it has its role in epochs only. */
  unitIn?: string;
  /** What the library itself says to a value that it does not take. */
  refusal?: string;
}

interface Margin {
  role: 'margin';
  /** The rule takes its absolute value. */
  signless?: true;
  /** While another parameter has this value, it is a share of the best instead of a difference to it. */
  shareIf?: readonly [parameter: string, value: Setting];
}

/** How a library says the direction. */
interface DirectionChoice {
  role: 'direction';
  words: Readonly<Record<Direction, string>>;
  /** What its `auto` means; absent: as the metric improves. */
  auto?: Direction;
}

/** A parameter of a rule: what it may be set to, and what it is when nothing is said (the library's own default). */
export type Parameter = Described &
  (
    | ({ kind: 'number'; min: number; max: number; integer?: boolean; default: number } & (
        { role?: 'counter' | 'warm-up' } | Margin
      ))
    /** A number or nothing. */
    | ({ kind: 'optional'; min: number; max: number; integer?: boolean; default: number | null } & (
        { role?: undefined } | Margin
      ))
    | ({ kind: 'choice'; options: readonly string[]; default: string } & ({ role?: undefined } | DirectionChoice))
    | { kind: 'flag'; default: boolean; role?: 'restores' }
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

/** What a rule makes of one replica's history; epochs are indices from 0. */
export interface ReplicaReplay {
  /** Last epoch trained; −1 for an empty history. */
  stop: number;
  /** False if the history ended before the rule stopped it. */
  fired: boolean;
  /** Best epoch in the eyes of the rule; −1 if it saw no value. */
  best: number;
  /** The epoch whose weights the run ends with; −1 for an empty history. */
  restored: number;
  /** Its counter at the end, see `Watch`. */
  wait: number;
}

/** A replay that also says why, in a sentence. */
export interface ToldReplay extends ReplicaReplay {
  readonly why: string;
}

/** Where each of several values of a counter ends one history. */
export interface Sweep {
  /** `[counters]`: the last epoch trained where the rule fired, −1 where it did not. */
  stop: Int32Array;
  /** `[counters]`: the best epoch at that stop, or at the end of the history; −1 if no value was seen. */
  best: Int32Array;
}

/** A history, one value an epoch; null: not reported. */
export type History = ArrayLike<number | null>;

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

type Parameters = Readonly<Record<string, Parameter>>;

/** What is said of a rule, without what it does. */
export interface RuleDescription<P extends Parameters = Parameters> {
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
  /** Whether many values of its counter cost little more than one: it has `sweep`. */
  sweeps?: true;
}

export interface Rule<P extends Parameters = Parameters> extends RuleDescription<P> {
  /** `direction` is how the watched metric improves, for settings that leave that open (`auto`); absent: `min`. */
  start(settings: SettingsOf<P>, direction?: Direction): Watch;
  /**
   * Whether a value counts as better than the best so far, as the rule compares them; `sign` is 1 where less is better, −1
   * where more is. Absent: by more than its margin, in float64; where it has none, strictly.
   */
  isBetter?(value: number, best: number, sign: 1 | -1, settings: SettingsOf<P>): boolean;
  /** What `start` does over a whole history, where that can be had faster. */
  replay?(history: History, settings: SettingsOf<P>, direction: Direction): ToldReplay;
  /**
   * Many values of its counter, which ascend, in one pass over a history; its own value does not matter. With a larger
   * counter the rule must never stop earlier. What is found goes into `into`, which is returned.
   */
  sweep?(
    history: History,
    settings: SettingsOf<P>,
    direction: Direction,
    counters: readonly number[],
    into?: Sweep,
  ): Sweep;
}
