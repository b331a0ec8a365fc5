/** @file The run on screen with an engine that a test plays: saving, losing the engine, and being replaced. */
import { afterAll, expect, it, vi } from 'vitest';
import { RETRY_PAUSES_MS } from '../engine/worker-client.ts';
import { finish, openStage, settle, work, type Stage } from './session.testing.ts';

afterAll(() => vi.unstubAllGlobals());

/** A run that has begun to train. */
async function training(settings: Readonly<Record<string, unknown>> = {}): Promise<Stage> {
  const stage = await openStage({ 'training.epochs': 40, ...settings });
  stage.session.train();
  await settle();
  await work(stage, 8);
  expect(stage.session.run.status).toBe('training');
  return stage;
}

it.each([6, 400])('a save while it trains goes on to its own epochs, not to the %s of the settings', async (epochs) => {
  const stage = await training();
  const { session } = stage;
  session.settings.change('training.epochs', epochs);
  const saving = session.checkpoints.save('on the way');
  await finish(stage);
  await saving;
  expect(session.checkpoints.trouble).toBe('');
  expect([session.run.status, session.run.epochs]).toEqual(['done', 40]);
  expect(session.checkpoints.all[0]!.epochs).toBeLessThan(40);
});

it('a save that is followed by a pause does not go on', async () => {
  const stage = await training();
  const { session } = stage;
  const saving = session.checkpoints.save('on the way');
  session.pause();
  await finish(stage);
  await saving;
  expect(session.run.status).toBe('paused');
  expect(session.checkpoints.all[0]!.epochs).toBe(session.run.epochs);
});

it('a save that is followed by a reset brings nothing back, and leaves the list free', async () => {
  const stage = await training();
  const { session } = stage;
  const saving = session.checkpoints.save('on the way');
  session.reset();
  await finish(stage);
  await saving;
  expect([session.run.status, session.checkpoints.busy, session.checkpoints.current]).toEqual(['empty', '', null]);
  expect(session.checkpoints.trouble).toMatch(/replaced before it could be kept/);
});

it('whoever waits for the engine of a run is told when another run takes its place', async () => {
  const stage = await openStage();
  const { session } = stage;
  session.step();
  await finish(stage);
  const state = await session.run.engineState();
  const { material, tape } = session.run;
  session.run.resume(material!, tape!, state, 'auto', { backend: 'wasm', adapter: 'a test' });
  const asked = session.run.ask('map', { epochs: new Int32Array(2), points: new Float32Array(1) });
  session.reset();
  await expect(asked).rejects.toThrow('The run was given up.');
});

it('a finished run whose engine is lost, and cannot be had again, is saved and exported all the same', async () => {
  const stage = await openStage();
  const { services, session } = stage;
  session.train();
  await finish(stage);
  services.reachable = false;
  services.engine!.lose();
  await services.clock.pass(RETRY_PAUSES_MS.reduce((sum, ms) => sum + ms, 10_000));
  expect([session.run.status, session.run.epochs]).toEqual(['done', 6]);
  expect(session.run.failure).toMatch(/could not be loaded.*Press Train to try again/);
  await session.checkpoints.save('at last');
  expect(session.checkpoints.trouble).toBe('');
  expect((await session.run.pick(1, 5)).weights).toEqual(new Float32Array(4).fill(5));
  const asked = session.run.ask('map', { epochs: new Int32Array(2), points: new Float32Array(1) });
  await expect(asked).rejects.toThrow(/could not be loaded/);
});

it('a run whose engine is lost goes on with another one after the last state that was kept', async () => {
  const stage = await training();
  const { services, session } = stage;
  await services.clock.pass(1500);
  await work(stage, 6);
  const before = session.run.epochs;
  services.engine!.crash('Uncaught RangeError');
  const after = session.run.epochs;
  expect(after).toBeLessThanOrEqual(before);
  expect(after).toBeGreaterThan(before - 6);
  expect([session.run.status, session.run.loss]).toEqual(['preparing', 'The engine stopped: Uncaught RangeError.']);
  await services.clock.pass(RETRY_PAUSES_MS[0]!);
  const prepared = services.engine!.posted.find(({ type }) => type === 'prepare');
  expect(prepared.resume.trainer.epoch).toBe(after);
  await finish(stage);
  expect([session.run.status, session.run.epochs, session.run.loss]).toEqual(['done', 40, '']);
});

it('is never asked to train more epochs than its tape has room for', async () => {
  const stage = await openStage();
  const { session } = stage;
  session.step();
  await finish(stage);
  session.run.train(1000);
  await finish(stage);
  expect([session.run.status, session.run.epochs]).toEqual(['done', 6]);
});

it('with more epochs than before goes on with the data that it has', async () => {
  const stage = await openStage();
  const { session } = stage;
  session.train();
  await finish(stage);
  const { material } = session.run;
  session.settings.change('training.epochs', 9);
  session.train();
  await finish(stage);
  expect([session.run.status, session.run.epochs]).toEqual(['done', 9]);
  expect(session.run.material!.replicas).toBe(material!.replicas);
});
