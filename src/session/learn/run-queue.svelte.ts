/**
 * @file Trains the experiments of a lesson one after the other on one engine, each as far as it is asked for. What was
 * recorded of a run outlives its turn: the engine's state is put aside, and taken up again.
 */
import { untrack } from 'svelte';
import type { Curves } from '../../decomposition/curves.ts';
import type { Experiment } from '../../engine/experiment/experiment.ts';
import type { DeviceReport, EngineState } from '../../engine/protocol.ts';
import type { Tape } from '../../engine/record/tape.ts';
import { CourseRun } from '../../lessons/course/course-run.ts';
import type { Rules } from '../../stopping/policy.ts';
import { KERAS_ALONE } from '../../stopping/rules/keras.ts';
import { draw } from '../draw-material.ts';
import { loadPart } from '../load-part.ts';
import type { Material } from '../material.ts';
import { pageServices, type PageServices } from '../page-services.ts';
import { Run, type RecordedOn } from '../run.svelte.ts';

/** One run of the queue. */
export class QueuedRun {
  /** Epochs that are asked for. */
  goal = 0;
  material: Material | null = null;
  tape: Tape | null = null;
  state: EngineState | null = null;
  on: RecordedOn | null = null;
  /** Null before its data are drawn. */
  course: CourseRun | null = null;
  /** It ended before its last epoch: every replica has diverged. */
  ended = false;

  constructor(readonly experiment: Experiment) {}

  get recorded(): number {
    return this.tape?.length ?? 0;
  }

  get epochs(): number {
    return this.experiment.training.epochs;
  }

  get wanted(): boolean {
    return !this.ended && this.recorded < this.goal;
  }
}

export class RunQueue {
  readonly #run: Run;
  #runs: QueuedRun[] = [];
  /** The run that the engine holds. */
  #held: QueuedRun | null = null;
  #busy = false;
  /** Lessons compare rules of many libraries; theirs come with the first run. */
  #rules: Rules = KERAS_ALONE;
  #version = $state(0);
  #trouble = $state('');

  constructor(services: PageServices = pageServices) {
    this.#run = new Run(services);
    $effect(() => {
      void [this.#run.tape, this.#run.status, this.#run.ending];
      untrack(() => this.#follow());
    });
  }

  /** Counts what is recorded and asked for; reading it makes whoever reads depend on it. */
  get version(): number {
    return this.#version;
  }

  /** Why training does not go on, with the remedy; empty where it does. */
  get trouble(): string {
    return this.#trouble || (this.#run.status === 'failed' ? this.#run.failure : '');
  }

  /** What the engine is preparing, in words; empty once it is ready. */
  get step(): string {
    return this.#run.preparingMs === null ? this.#run.step : '';
  }

  get device(): DeviceReport | null {
    return this.#run.device;
  }

  get training(): boolean {
    return this.#run.status === 'training';
  }

  add(experiment: Experiment): QueuedRun {
    const queued = new QueuedRun(experiment);
    this.#runs.push(queued);
    return queued;
  }

  /** Asks for so many epochs, at most all. */
  ask(queued: QueuedRun, epochs: number): void {
    queued.goal = Math.max(queued.goal, Math.min(epochs, queued.epochs));
    this.#follow();
  }

  /** Gives up what is still to come of a run, and forgets it. */
  remove(queued: QueuedRun): void {
    this.#runs = this.#runs.filter((other) => other !== queued);
    if (this.#held !== queued) return;
    this.#held = null;
    this.#run.clear();
    this.#follow();
  }

  /** After trouble: looks for an engine again. */
  retry(): void {
    this.#trouble = '';
    const held = this.#held;
    if (held && this.#run.material === held.material && held.wanted) this.#run.train(held.goal);
    else this.#follow();
  }

  /** The engine's state at the last recorded epoch of a run. */
  async stateOf(queued: QueuedRun): Promise<EngineState> {
    if (this.#held === queued) return this.#run.engineState();
    if (!queued.state) throw new Error('The run is not at hand any more: train it again.');
    return queued.state;
  }

  #follow(): void {
    const held = this.#held;
    if (held && this.#run.material === held.material) this.#record(held, this.#run.tape, this.#run.curves);
    this.#version += 1;
    if (this.#busy || this.#trouble !== '') return;
    const next = this.#runs.find((run) => run.wanted);
    if (!next) return;
    const { status } = this.#run;
    if (next === held && this.#run.material === held.material) {
      if (status !== 'training' && status !== 'preparing' && status !== 'failed') this.#run.train(next.goal);
      return;
    }
    if (held?.wanted && (status === 'training' || status === 'preparing')) return;
    void this.#enter(next);
  }

  #record(held: QueuedRun, tape: Tape | null, curves: Curves | null): void {
    const { material } = held;
    if (!material || !tape) return;
    held.on = this.#run.recordedOn;
    held.ended = this.#run.ending === 'diverged' || this.#run.ending === 'halted';
    if (held.tape === tape && held.course) return;
    held.tape = tape;
    const shown = held.course?.shown ?? Infinity;
    held.course = new CourseRun({
      ...{
        experiment: held.experiment,
        replicas: material.replicas,
        points: material.points,
        tape,
        rules: this.#rules,
      },
      ...(curves ? { curves } : {}),
    });
    held.course.shown = shown;
  }

  async #enter(next: QueuedRun): Promise<void> {
    this.#busy = true;
    try {
      const held = this.#held;
      if (held && held.recorded > 0 && this.#runs.includes(held)) held.state = await this.#run.engineState();
      next.material ??= await draw(next.experiment, null);
      this.#rules = (await loadPart(() => import('../../stopping/rules/index.ts'))).RULES;
      if (this.#runs.includes(next)) this.#begin(next, next.material);
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error);
    } finally {
      this.#busy = false;
      this.#follow();
    }
  }

  #begin(next: QueuedRun, material: Material): void {
    this.#held = next;
    const { tape, state, on } = next;
    if (tape && state && on) this.#run.resume(material, tape, state, 'auto', on);
    else this.#run.begin(material, 'auto', next.goal);
  }
}
