/** @file The maps of a run on two inputs: asked of the engine, and none of another run. */
import { afterAll, expect, it, vi } from 'vitest';
import { finish, openStage, settle, work, type Stage } from './session.testing.ts';

afterAll(() => vi.unstubAllGlobals());

/** Until the engine, which works on, has answered for the run on screen. */
async function answered(stage: Stage): Promise<void> {
  await vi.waitFor(async () => {
    await work(stage, 3);
    await settle();
    expect(stage.session.maps.picture).not.toBeNull();
  });
}

it('show the run on screen, at the epochs asked for', async () => {
  const stage = await openStage({}, 'moons');
  const { session } = stage;
  session.train();
  await finish(stage);
  expect(session.run.status).toBe('done');
  await vi.waitFor(async () => {
    await answered(stage);
    expect(session.maps.picture!.mean[0]).toBe(6);
  });
  session.view.pin(2);
  await vi.waitFor(async () => {
    await work(stage, 1);
    expect([...session.maps.picture!.asked]).toEqual([2, 2]);
  });
});

it('come for the run that takes the place of one whose maps were never drawn', async () => {
  const stage = await openStage({}, 'moons');
  const { session } = stage;
  session.train();
  await finish(stage);
  expect(session.run.status).toBe('done');
  const state = await session.run.engineState();
  const { material, tape } = session.run;
  // Its maps are asked for while the engine is readied, and the engine is readied for another one before it can answer.
  for (let again = 0; again < 2; again++) {
    session.run.resume(material!, tape!, state, 'auto', { backend: 'wasm', adapter: 'a test' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await settle();
  }
  await answered(stage);
  expect(session.maps.trouble).toBe('');
});
