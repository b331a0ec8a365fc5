/** @file One run of a lesson, as far as it is recorded, and what is read off it; kept until the tape grows. */
import { Curves } from '../../decomposition/curves.ts';
import { decompositionTarget, type DecompositionTarget } from '../../decomposition/decompose.ts';
import { sharedDraws } from '../../decomposition/variance-sources.ts';
import type { Replicas } from '../../engine/data/replicas.ts';
import type { Experiment, Policy, RulePolicy } from '../../engine/experiment/experiment.ts';
import type { Tape } from '../../engine/record/tape.ts';
import { OutcomeReader, type Outcome } from '../../evaluation/outcome.ts';
import type { Rules } from '../../stopping/policy.ts';
import { replayTape } from '../../stopping/replay.ts';

const NOTHING_SOUND = 'run: no replica has a finite error in the epochs recorded; train it first';

interface CourseRunParts {
  experiment: Experiment;
  replicas: Replicas;
  /** `[D]`: the test points at which the error is taken apart. */
  points: Int32Array;
  tape: Tape;
  /** Of the tape; made from it where there are none. */
  curves?: Curves;
  rules: Rules;
}

/** What is read off a complete run, worked out once; off one that still grows it is worked out every time. */
export function oncePerRun<T>(read: (run: CourseRun) => T): (run: CourseRun) => T {
  const known = new WeakMap<CourseRun, { value: T }>();
  return (run) => {
    const found = known.get(run);
    if (found) return found.value;
    const value = read(run);
    if (run.complete) known.set(run, { value });
    return value;
  };
}

export class CourseRun {
  readonly experiment: Experiment;
  readonly replicas: Replicas;
  readonly points: Int32Array;
  readonly tape: Tape;
  readonly target: DecompositionTarget;
  readonly #curves: Curves;
  readonly #reader: OutcomeReader;
  readonly rules: Rules;
  readonly #outcomes = new Map<string, Outcome | null>();
  #read = 0;
  /** Epochs shown at most: a page may let curves grow more slowly than they were recorded. */
  shown = Infinity;

  constructor({ experiment, replicas, points, tape, curves, rules }: CourseRunParts) {
    this.experiment = experiment;
    this.replicas = replicas;
    this.points = points;
    this.tape = tape;
    this.target = curves?.target ?? decompositionTarget(replicas.test, points, sharedDraws(replicas.draws));
    this.#curves = curves ?? new Curves(tape, this.target);
    this.#reader = new OutcomeReader(tape, this.#curves, this.target);
    this.rules = rules;
  }

  /** Epochs recorded, as far as they are shown. */
  get length(): number {
    return Math.min(this.tape.length, this.shown);
  }

  get complete(): boolean {
    return this.length === this.experiment.training.epochs;
  }

  get curves(): Curves {
    this.#curves.extend();
    return this.#curves;
  }

  /** Of a policy, by default the experiment's own; null while nothing is recorded, and if no replica was ever sound. */
  outcome(policy: Policy = this.experiment.stopping.policy): Outcome | null {
    if (this.#read !== this.length) this.#outcomes.clear();
    this.#read = this.length;
    const key = JSON.stringify(policy);
    const known = this.#outcomes.get(key);
    if (known !== undefined) return known;
    this.#curves.extend();
    const outcome = this.#reader.read(replayTape(this.tape, policy, this.rules));
    this.#outcomes.set(key, outcome);
    return outcome;
  }

  /** The same; throws where there is none. */
  outcomeNow(policy?: Policy): Outcome {
    const outcome = this.outcome(policy);
    if (!outcome) throw new Error(NOTHING_SOUND);
    return outcome;
  }

  /** The outcome of the experiment's own rule with another patience; its rule must be that of Keras. */
  withPatience(patience: number, also: Partial<RulePolicy> = {}): Outcome {
    return this.outcomeNow({ ...this.kerasPolicy, ...also, patience });
  }

  /** What it would give to stop all replicas after so many epochs and keep the weights of that epoch. */
  commonStop(epochs: number): Outcome {
    const epoch = epochs - 1;
    const stopped = { stop: epoch, fired: true, best: epoch, restored: epoch, wait: 0 };
    this.errorsAfter(epochs);
    this.#curves.extend();
    const outcome = this.#reader.read(Array.from({ length: this.tape.shape.replicas }, () => ({ ...stopped })));
    if (!outcome) throw new Error(NOTHING_SOUND);
    return outcome;
  }

  get kerasPolicy(): RulePolicy {
    const { policy } = this.experiment.stopping;
    if (!('rule' in policy) || policy.rule !== 'keras') throw new Error('stopping.policy: must be the rule "keras"');
    return policy;
  }

  /** `[R]`: the error of every replica after so many epochs; NaN where it has diverged. */
  errorsAfter(epochs: number): Float64Array {
    const { tape } = this;
    const { replicas: R, epochs: E } = tape.shape;
    if (!(epochs >= 1 && epochs <= tape.length)) {
      throw new Error(`epoch: ${epochs} is not recorded; use 1 to ${tape.length}`);
    }
    return Float64Array.from({ length: R }, (_, r) =>
      tape.sound(r, epochs - 1) ? tape.error[r * E + epochs - 1]! : NaN,
    );
  }
}
