/** @file The material of the settings: drawn anew where other data are asked for, and only there. */
import { afterAll, expect, it, vi } from 'vitest';
import type { Table } from '../../datasets/contract.ts';
import { leakageOf } from '../engine/data/leakage.ts';
import { drawReplicas } from '../engine/data/replicas.ts';
import { FakeWorker } from '../engine/worker-client.testing.ts';
import type { DrawCommand } from '../workers/draw.ts';
import { usualSizes } from './own-sizes.ts';
import { openStage, settle } from './session.testing.ts';

afterAll(() => vi.unstubAllGlobals());

/** Draws as the worker does. */
class DrawingWorker extends FakeWorker {
  constructor() {
    super();
    void Promise.resolve().then(() => this.start());
  }

  override take = ({ request, experiment, table }: DrawCommand) => {
    try {
      const replicas = drawReplicas(experiment, table);
      this.say({ type: 'drawn', request, replicas, leakage: leakageOf(replicas) });
    } catch (error) {
      this.say({ type: 'refused', request, message: String(error) });
    }
  };
}

it('keeps its data through other networks and trainings, with the experiment as it is now', async () => {
  const { session } = await openStage();
  const before = session.draft!;
  session.settings.changeAll({ 'training.epochs': 9, 'model.hidden': [3, 2] });
  await settle();
  expect(session.draft!.experiment).toBe(session.settings.experiment);
  expect(session.draft!.replicas).toBe(before.replicas);
  session.settings.change('data.noise', 0.5);
  await vi.waitFor(() => expect(session.draft!.experiment).toBe(session.settings.experiment));
  expect(session.draft!.replicas.train.y).not.toEqual(before.replicas.train.y);
});

it('is drawn from rows that come after the settings that ask for them', async () => {
  vi.stubGlobal('Worker', DrawingWorker);
  const { session } = await openStage();
  const { settings } = session;
  const table: Table = {
    ...{ name: 'line.csv', task: 'regression', columns: ['x'], target: 'y', classes: null, rows: 40 },
    features: Float32Array.from({ length: 40 }, (_, i) => i),
    targets: Float32Array.from({ length: 40 }, (_, i) => i),
  };
  const { name, task, target, rows } = table;
  const own = { name, task, target, rows, features: 1, outputs: 1, sha256: '0'.repeat(64) };
  expect(settings.chooseOwn(table, own, usualSizes(table.rows, settings.sizes))).toBe(true);
  await vi.waitFor(() => expect(session.draft!.table).toBe(table));
  // As a link brings it, without the rows.
  const { experiment } = settings;
  settings.chooseDataset('sine');
  await settle();
  settings.replace(experiment, null);
  await vi.waitFor(() => expect(session.trouble).toMatch(/load the file again/));
  expect(settings.chooseOwn(table, own, usualSizes(table.rows, settings.sizes))).toBe(true);
  expect(settings.experiment).toEqual(experiment);
  await vi.waitFor(() => expect(session.trouble).toBe(''));
  expect(session.draft!.table).toBe(table);
});
