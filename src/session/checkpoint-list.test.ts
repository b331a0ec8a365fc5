/** @file The list of checkpoints in a session: deleting and bringing back, and a load that comes too late. */
import { afterAll, expect, it, vi } from 'vitest';
import { finish, openStage, settle, type Stage } from './session.testing.ts';

afterAll(() => vi.unstubAllGlobals());

async function kept(): Promise<Stage & { id: string }> {
  const stage = await openStage();
  const { session } = stage;
  session.train();
  await finish(stage);
  await session.checkpoints.save('dear');
  await vi.waitFor(() => expect(session.checkpoints.all.length).toBe(1));
  return { ...stage, id: session.checkpoints.all[0]!.id };
}

it('undo can be tried again until it has worked', async () => {
  const { session, id } = await kept();
  const { checkpoints } = session;
  await checkpoints.remove(id);
  await settle();
  expect([checkpoints.all.length, checkpoints.undoable]).toEqual([0, true]);
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  expect(await checkpoints.undo()).toBe(false);
  expect([checkpoints.undoable, checkpoints.trouble]).toEqual([true, expect.stringContaining('no more storage')]);
  put.mockRestore();
  expect(await checkpoints.undo()).toBe(true);
  await settle();
  expect([checkpoints.all.length, checkpoints.undoable, checkpoints.trouble]).toEqual([1, false, '']);
});

it('a run that is put back can be saved at once, before any engine is ready for it', async () => {
  const { services, session, id } = await kept();
  session.reset();
  services.reachable = false;
  services.engine!.crash();
  await session.checkpoints.load(id);
  expect([session.run.epochs, session.checkpoints.current]).toEqual([6, id]);
  await session.checkpoints.save('again');
  expect(session.checkpoints.trouble).toBe('');
  await vi.waitFor(() => expect(session.checkpoints.all.length).toBe(2));
});

it('what the reader begins while a checkpoint is loaded is not taken away by it', async () => {
  const stage = await kept();
  const { session, id } = stage;
  session.reset();
  const loading = session.checkpoints.load(id);
  session.train();
  await loading;
  expect(session.checkpoints.trouble).toMatch(/something else was begun/);
  expect([session.checkpoints.current, session.checkpoints.busy]).toEqual([null, '']);
  await finish(stage);
  expect([session.run.status, session.run.epochs]).toEqual(['done', 6]);
});

it('data are drawn once: a checkpoint of the settings on screen is not followed by another draw', async () => {
  const { session, id } = await kept();
  session.reset();
  await session.checkpoints.load(id);
  await settle();
  expect(session.draft!.replicas).toBe(session.run.material!.replicas);
});
