/**
 * @file The engine's thread: takes commands, runs the engine and the halting rule, posts events. The run and its queue are
 * kept in this module, which relies on being evaluated once: engine-entry.ts sees to that.
 */
import { WeightArchive } from '../engine/record/weight-archive.ts';
import { Backends } from '../engine/devices/choose.ts';
import type { Clock } from '../engine/clock.ts';
import type { Device } from '../engine/devices/device.ts';
import { mapReplicas } from '../engine/record/maps.ts';
import { Metrics } from '../engine/record/metrics.ts';
import { prepareRun } from '../engine/prepare.ts';
import { TrainingScheduler } from '../engine/training/training-scheduler.ts';
import type { Command, EngineState, Event } from '../engine/protocol.ts';
import { stagedRun, type StageWork } from '../engine/training/staged-run.ts';
import { stageOfState } from '../engine/experiment/stages.ts';
import type { Block } from '../engine/record/tape.ts';
import type { BackendName, Job } from '../engine/trainers/trainer.ts';
import { Abandoned, TrainingGate } from '../engine/training/training-gate.ts';
import { haltingOf, type Halting } from '../stopping/halting.ts';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

interface Prepared extends StageWork {
  run: number;
  backend: BackendName | 'auto';
  /** With all its stages. */
  whole: Job;
  device: Device;
  metrics: Metrics;
  archive: WeightArchive;
  /** Null if the run trains to the end. */
  halting: Halting | null;
  /** Epochs whose blocks were posted. */
  epoch: number;
  loop: { until: number; gate: TrainingGate; done: Promise<void> } | null;
}

/** The page draws its first pictures with code that never ran: it has the cores to itself for so many blocks. */
const SHOWN_BLOCKS = 2;
/** A page in the background draws nothing; it is not waited for longer, ms. */
const SHOWN_MS = 200;

const clock: Clock = { now: () => performance.now(), after: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };
const backends = new Backends(clock);
const channel = new MessageChannel();
/** The newest run asked for; what belongs to an older one is dropped. */
let latest = 0;
let prepared: Prepared | null = null;
/** Told that the page has drawn. */
let shown: () => void = () => {};
/** Commands that change the run, one after the other. */
let queue: Promise<void> = Promise.resolve();

/** Those who wait until messages were read, in their order: training and an answer may wait at the same time. */
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Lets one round of waiting messages in; unlike a timer of 0 ms, without a wait. */
function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

function post(event: Event): void {
  if (event.run === latest) self.postMessage(event, { transfer: buffersIn(event) });
}

/** The memory of every typed array in a value, each once, to be handed over instead of copied. */
function buffersIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap(buffersIn))];
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export function receive(command: Command): void {
  if (command.type === 'prepare') latest = command.run;
  if (command.run !== latest) return;
  switch (command.type) {
    case 'prepare':
      prepared?.loop?.gate.abandon();
      return enqueue(command.run, () => prepare(command));
    case 'train':
      return enqueue(command.run, () => train(command));
    case 'pause':
      return enqueue(command.run, pause);
    case 'shown':
      return shown();
    case 'snapshot':
    case 'pick':
    case 'map':
      return void answer(command);
    default:
      command satisfies never;
  }
}

function enqueue(run: number, task: () => Promise<void> | void): void {
  queue = queue.then(task).catch((error: unknown) => post({ type: 'failed', run, message: wordsOf(error) }));
}

async function prepare({ run, experiment, data, backend, resume, past }: Of<'prepare'>): Promise<void> {
  await release();
  if (run !== latest) return;
  const told = (step: string) => post({ type: 'progressed', run, step });
  const { job: whole, points, shape } = prepareRun(experiment, data);
  const { replicas } = shape;
  const { parameters } = whole.layout;
  const job: Job = { ...whole, experiment: stageOfState(experiment, resume?.trainer ?? { epoch: 0, step: 0 }) };
  const halting = await haltingOf(experiment);
  if (past) halting?.observe(past);
  const { trainer, device, report } = await backends.choose(job, backend, told);
  prepared = {
    ...{ run, backend, whole, job, trainer, device },
    metrics: new Metrics(job, points),
    archive: resume
      ? WeightArchive.from(resume.archive, replicas, parameters)
      : new WeightArchive(replicas, parameters),
    scheduler: new TrainingScheduler(job, resume?.pace),
    halting,
    epoch: resume?.trainer.epoch ?? 0,
    loop: null,
  };
  if (resume) trainer.restore(resume.trainer);
  void device.lost.then((message) => post({ type: 'lost', run, message }));
  post({ type: 'prepared', run, device: report, shape, parameters });
}

/** Ends what is running and frees the device for the next run. */
async function release(): Promise<void> {
  if (!prepared) return;
  await end(prepared);
  prepared.trainer.dispose();
  prepared = null;
}

async function end({ loop }: Prepared): Promise<void> {
  loop?.gate.abandon();
  await loop?.done;
}

async function train({ run, until }: Of<'train'>): Promise<void> {
  const current = prepared;
  if (current?.run !== run) return;
  if (current.loop?.until === until) return current.loop.gate.resume();
  // Another goal: what was begun beyond the last block is given up and done again.
  await end(current);
  const gate = new TrainingGate(clock, yieldToMessages);
  current.loop = { until, gate, done: loop(current, until, gate) };
}

async function loop(current: Prepared, until: number, gate: TrainingGate): Promise<void> {
  const { run, backend, whole, metrics, archive, halting } = current;
  const options = {
    from: current.epoch,
    until,
    gate: gate.pass,
    clock: gate.working,
    metrics,
    archive,
    halted: (block: Block) => halting?.observe(block) ?? false,
    singly: halting !== null,
  };
  const blocks = stagedRun(whole, current, options, {
    async open(job) {
      const chosen = await backends.choose(job, backend, (step) => post({ type: 'progressed', run, step }));
      current.device = chosen.device;
      return chosen.trainer;
    },
    entered: (work) => Object.assign(current, work),
  });
  try {
    let next = await blocks.next();
    for (let block = 0; !next.done; block++, next = await blocks.next()) {
      current.epoch += next.value.count;
      const drawn = new Promise<void>((resolve) => (shown = resolve));
      post({ type: 'trained', run, block: next.value });
      if (block < SHOWN_BLOCKS) await Promise.race([drawn, clock.after(SHOWN_MS)]);
    }
    post({ type: 'finished', run, epoch: current.epoch, why: next.value });
  } catch (error) {
    if (error instanceof Abandoned) return;
    // A lost device says better what happened.
    const lost = await Promise.race([current.device.lost, clock.after(1000)]);
    post({ type: 'lost', run, message: lost ?? `Training stopped: ${wordsOf(error)}.` });
  } finally {
    current.loop = null;
  }
}

/** Answered at once: what is still in the making is held back at the gate. A run that is over needs no answer. */
function pause(): void {
  if (!prepared?.loop) return;
  prepared.loop.gate.pause();
  post({ type: 'paused', run: prepared.run, epoch: prepared.epoch });
}

async function answer(command: Of<'snapshot'> | Of<'pick'> | Of<'map'>): Promise<void> {
  const { run, request } = command;
  try {
    if (prepared?.run !== run) throw new Error('The engine is still being prepared; ask again when it is ready.');
    const { job, archive } = prepared;
    switch (command.type) {
      case 'snapshot':
        return post({ type: 'snapshotTaken', run, request, state: await stateOf(prepared) });
      case 'pick':
        return post({ type: 'picked', run, request, picked: archive.pick(command.replica, command.epoch) });
      case 'map':
        return post({
          type: 'mapped',
          run,
          request,
          map: await mapReplicas(job, archive, command.epochs, command.points, yieldToMessages, command.against),
        });
      default:
        command satisfies never;
    }
  } catch (error) {
    post({ type: 'refused', run, request, message: wordsOf(error) });
  }
}

/** The trainer's state, the archive and the scheduler at the same epoch, also while the next one is in the making. */
async function stateOf({ trainer, archive, scheduler }: Prepared): Promise<EngineState> {
  const state = trainer.snapshot();
  const kept = archive.export();
  const pace = scheduler.snapshot();
  return { trainer: await state, archive: kept, pace };
}
