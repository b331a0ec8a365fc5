/**
 * @file Everything a reader and bad luck can do, in any order: train, pause, step, save, resume, reset, other epochs, a
 * lost device, a crashed worker, a line that is cut. Whatever came before, the session ends in a sound state: what is
 * recorded is what was trained, nothing waits for ever, and the reader gets what was asked for last.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { finish, lossOf, openStage, settle, work, type FakeServices, type Stage } from './session.testing.ts';
import type { Session } from './session.svelte.ts';

/** What the reader asked for last. */
type Wish = { do: 'nothing' } | { do: 'rest'; epochs: number } | { do: 'train'; until: number };

interface Model {
  wish: Wish;
}

class Real implements Stage {
  readonly services: FakeServices;
  readonly session: Session;
  /** Every promise that was handed out and is not settled yet, by name. */
  readonly pending = new Map<Promise<unknown>, string>();

  watch(name: string, promise: Promise<unknown>): void {
    this.pending.set(promise, name);
    const settled = () => void this.pending.delete(promise);
    promise.then(settled, settled);
  }

  constructor({ services, session }: Stage) {
    this.services = services;
    this.session = session;
  }

  /** What is on the tape is what the engine trained, epoch by epoch, and the engine stands where the tape ends. */
  check(): void {
    const { run, checkpoints } = this.session;
    const { tape } = run;
    if (!tape) {
      expect(run.status).toMatch(/^(empty|failed)$/);
      return;
    }
    const { epochs: room, replicas, points, outputs } = tape.shape;
    const width = replicas * points * outputs;
    for (let epoch = 0; epoch < tape.length; epoch++) {
      const expected = Math.fround(lossOf(epoch));
      expect(tape.validationLoss[epoch]).toBe(expected);
      expect(tape.predictions[epoch * width]).toBe(expected);
    }
    expect(tape.length).toBeLessThanOrEqual(room);
    expect(run.curves?.tape ?? tape).toBe(tape);
    if (run.status === 'done') expect(tape.length).toBe(room);
    if (run.status === 'paused') expect(tape.length).toBeGreaterThan(0);
    expect(checkpoints.busy === '' || this.pending.size > 0).toBe(true);
  }
}

abstract class Command implements fc.AsyncCommand<Model, Real> {
  check = () => true;
  abstract toString(): string;
  abstract act(model: Model, real: Real): void | Promise<void>;
  async run(model: Model, real: Real): Promise<void> {
    await this.act(model, real);
    await settle();
    real.check();
  }
}

class Train extends Command {
  toString = () => 'train';
  act(model: Model, { session }: Real): void {
    const { run, settings } = session;
    // While it trains, Train is Pause on the page; here nothing is asked for.
    if (run.status !== 'training') model.wish = { do: 'train', until: settings.experiment.training.epochs };
    session.train();
  }
}

class Step extends Command {
  toString = () => 'step';
  async act(model: Model, { session }: Real): Promise<void> {
    const { run } = session;
    if (run.status === 'training') return session.step();
    const { epochs } = run;
    session.step();
    await settle();
    // A step of a run that is done, or that the settings do not fit any more, is the first of a new one.
    model.wish = { do: 'train', until: run.epochs < epochs || epochs === 0 ? 1 : epochs + 1 };
  }
}

class Pause extends Command {
  toString = () => 'pause';
  act(model: Model, { session }: Real): void {
    session.pause();
    if (model.wish.do === 'train') model.wish = { do: 'rest', epochs: session.run.epochs };
  }
}

class Reset extends Command {
  toString = () => 'reset';
  act(model: Model, { session }: Real): void {
    session.reset();
    model.wish = { do: 'nothing' };
  }
}

class ChangeEpochs extends Command {
  constructor(private readonly epochs: number) {
    super();
  }
  toString = () => `epochs=${this.epochs}`;
  act(_: Model, { session }: Real): void {
    session.settings.change('training.epochs', this.epochs);
  }
}

class Save extends Command {
  toString = () => 'save';
  act(_: Model, real: Real): void {
    real.watch('save', real.session.checkpoints.save('kept'));
  }
}

class Resume extends Command {
  toString = () => 'resume';
  async act(model: Model, real: Real): Promise<void> {
    const { checkpoints } = real.session;
    const [newest] = checkpoints.all;
    if (!newest || checkpoints.busy !== '') return;
    const loading = checkpoints.load(newest.id);
    real.watch('resume', loading);
    await loading;
    expect(checkpoints.trouble).toBe('');
    expect(real.session.run.epochs).toBe(newest.epochs);
    model.wish = { do: 'rest', epochs: newest.epochs };
  }
}

class Consult extends Command {
  toString = () => 'maps';
  act(_: Model, real: Real): void {
    const { run } = real.session;
    real.watch('map', run.ask('map', { epochs: new Int32Array(2), points: new Float32Array(1) }));
    real.watch('device', run.whenDeviceKnown());
    if (run.epochs > 0) real.watch('pick', run.pick(0, run.epochs - 1));
  }
}

class Bad extends Command {
  constructor(private readonly luck: 'lost' | 'crash' | 'cut' | 'mend') {
    super();
  }
  toString = () => this.luck;
  act(_: Model, { services }: Real): void {
    if (this.luck === 'lost') services.engine?.lose();
    else if (this.luck === 'crash') services.engine?.crash('Uncaught RangeError');
    else services.reachable = this.luck === 'mend';
  }
}

class Work extends Command {
  constructor(private readonly ticks: number) {
    super();
  }
  toString = () => `work*${this.ticks}`;
  act = (_: Model, real: Real) => work(real, this.ticks);
}

class Wait extends Command {
  constructor(private readonly ms: number) {
    super();
  }
  toString = () => `wait ${this.ms} ms`;
  act = (_: Model, { services }: Real) => services.clock.pass(this.ms);
}

const COMMANDS = [
  fc.constant(new Train()),
  fc.constant(new Train()),
  fc.constant(new Step()),
  fc.constant(new Pause()),
  fc.constant(new Reset()),
  fc.integer({ min: 3, max: 9 }).map((epochs) => new ChangeEpochs(epochs)),
  fc.constant(new Save()),
  fc.constant(new Resume()),
  fc.constant(new Resume()),
  fc.constant(new Consult()),
  fc.constant(new Consult()),
  fc.constantFrom('lost' as const, 'crash', 'cut', 'mend', 'mend').map((luck) => new Bad(luck)),
  fc.integer({ min: 1, max: 8 }).map((ticks) => new Work(ticks)),
  fc.constantFrom(20, 600, 1500, 9000).map((ms) => new Wait(ms)),
];

/** A page on which a run of three epochs has been kept, and nothing is on screen. */
async function opened(): Promise<Real> {
  const stage = await openStage();
  const { session } = stage;
  for (let epoch = 0; epoch < 3; epoch++) {
    session.step();
    await finish(stage);
  }
  await session.checkpoints.save('before');
  expect(session.checkpoints.trouble).toBe('');
  session.reset();
  await vi.waitFor(() => expect(session.checkpoints.all).toMatchObject([{ epochs: 3 }]));
  await finish(stage);
  return new Real(stage);
}

/** What is loaded when it is first needed is there from now on. */
beforeAll(async () => void (await opened()));
afterAll(() => vi.unstubAllGlobals());

it('ends in a sound state, whatever happens in whatever order', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 24 }), async (commands) => {
      const real = await opened();
      const model: Model = { wish: { do: 'nothing' } };
      await fc.asyncModelRun(() => ({ model, real }), commands);
      real.services.reachable = true;
      await finish(real);
      const { run, checkpoints, settings } = real.session;
      if (run.status === 'failed') {
        // Too much bad luck at once; with the line mended, Train is enough.
        settings.change('training.epochs', run.material!.experiment.training.epochs);
        real.session.train();
        model.wish = { do: 'train', until: settings.experiment.training.epochs };
        await finish(real);
      }
      expect([...real.pending.values()]).toEqual([]);
      expect(checkpoints.busy).toBe('');
      real.check();
      const { wish } = model;
      if (wish.do === 'nothing') expect([run.status, run.epochs]).toEqual(['empty', 0]);
      // What was recorded since the engine was asked for its state last may be lost with it, never more gained.
      if (wish.do === 'rest') expect(run.epochs).toBeLessThanOrEqual(wish.epochs);
      if (wish.do === 'train') expect(run.epochs).toBe(wish.until);
      // At rest it can be kept.
      if (run.epochs === 0) return;
      await checkpoints.save('at last');
      await settle();
      expect(checkpoints.trouble).toBe('');
      expect(checkpoints.all[0]).toMatchObject({ name: 'at last', epochs: run.epochs });
    }),
    { numRuns: 120, interruptAfterTimeLimit: 100_000, markInterruptAsFailure: true },
  );
});
