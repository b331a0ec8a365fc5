/** @file The run before that on screen: within reach after a step, a new training, a reset, until the next one is done. */
import { afterAll, expect, it, vi } from 'vitest';
import { notices } from './notices.svelte.ts';
import { finish, openStage, settle, work, type Stage } from './session.testing.ts';

afterAll(() => vi.unstubAllGlobals());

async function trained(): Promise<Stage> {
  const stage = await openStage();
  stage.session.train();
  await finish(stage);
  expect([stage.session.run.status, stage.session.run.epochs]).toEqual(['done', 6]);
  expect(stage.session.lastRun).toBeNull();
  return stage;
}

it.each([
  ['a step', (stage: Stage) => stage.session.step()],
  ['a reset', (stage: Stage) => stage.session.reset()],
])('%s after a finished run says so, and the run comes back as it was', async (_, lose) => {
  const stage = await trained();
  const { session } = stage;
  const { tape } = session.run;
  const losses = Float32Array.from(tape!.validationLoss);
  notices.dismiss();
  lose(stage);
  await settle();
  expect(session.lastRun).toBe(6);
  expect(notices.current).toMatchObject({ action: { label: 'Bring it back' } });
  await work(stage, 3);
  notices.act();
  await finish(stage);
  expect([session.run.status, session.run.epochs, session.lastRun]).toEqual(['done', 6, null]);
  expect(session.run.tape!.validationLoss).toEqual(losses);
});

it('training anew with other settings keeps the run before, with its settings, until the new one is done', async () => {
  const stage = await trained();
  const { session } = stage;
  session.settings.change('seed', 77);
  await settle();
  session.train();
  await vi.waitFor(() => expect(session.lastRun).toBe(6));
  await work(stage, 4);
  session.bringBack();
  await finish(stage);
  expect([session.run.epochs, session.settings.experiment.seed === 77, session.changed]).toEqual([6, false, false]);

  session.settings.change('seed', 78);
  await settle();
  session.train();
  await finish(stage);
  expect([session.run.status, session.lastRun]).toEqual(['done', null]);
});

it('one that is not done does not take the place of a longer one', async () => {
  const stage = await trained();
  const { session } = stage;
  session.step();
  await settle();
  await work(stage, 3);
  session.reset();
  await settle();
  expect(session.lastRun).toBe(6);
});

it('a run is unsaved until it is kept, and again once it goes on', async () => {
  const stage = await trained();
  const { session } = stage;
  expect(session.unsaved).toBe(true);
  await session.checkpoints.save('kept');
  expect(session.unsaved).toBe(false);
  session.step();
  await finish(stage);
  expect(session.unsaved).toBe(true);
  session.bringBack();
  expect([session.unsaved, session.checkpoints.current]).toEqual([false, expect.any(String)]);
  session.reset();
  expect(session.unsaved).toBe(false);
});

it('a run begins with the settings as they are when it begins, not lost and not longer than its tape', async () => {
  const stage = await openStage();
  const { session } = stage;
  session.settings.change('training.epochs', 4);
  session.train();
  await finish(stage);
  expect([session.run.status, session.run.epochs, session.run.tape!.shape.epochs]).toEqual(['done', 4, 4]);
});
