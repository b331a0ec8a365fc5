/** @file Draws the data of an experiment: at once where there are few points, else in a worker. */
import type { Table } from '../../datasets/contract.ts';
import type { Leakage } from '../engine/data/leakage.ts';
import { loadTable } from '../engine/data/load-table.ts';
import type { Replicas } from '../engine/data/replicas.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { WorkerClient } from '../engine/worker-client.ts';
import type { DrawCommand, DrawEvent } from '../workers/draw.ts';
import { loadPart } from './load-part.ts';
import { materialOf, type Material } from './material.ts';
import { browserClock } from './page-services.ts';
import { startWorker } from './start-worker.ts';

interface Drawn {
  replicas: Replicas;
  leakage: Leakage;
}

/** Points of all replicas together that are drawn within a few ms. */
const AT_ONCE = 30_000;

/**
 * `points`: how many test points the tape of a kept run has. Rejects with a message for the reader where the sizes asked
 * for cannot be had.
 */
export async function draw(experiment: Experiment, own: Table | null, points?: number): Promise<Material> {
  const table = experiment.data.own ? own : await loadTable(experiment);
  const { data, replicas: asked } = experiment;
  const all = asked.count * (data.trainSize + data.validationSize);
  const drawn = data.own || all > AT_ONCE ? drawApart(experiment, table) : drawAtOnce(experiment, table);
  const { replicas, leakage } = await drawn;
  return materialOf(experiment, table, { replicas, leakage, shared: await sharedBy(replicas) }, points);
}

/** Replicas of most runs share nothing: what reads it comes with those that do. */
async function sharedBy({ draws }: Replicas): Promise<Material['shared']> {
  if (!draws) return null;
  const { sharedDraws } = await loadPart(() => import('../decomposition/variance-sources.ts'));
  return sharedDraws(draws);
}

/** What draws comes after the first paint. */
async function drawAtOnce(experiment: Experiment, table: Table | null): Promise<Drawn> {
  const [{ drawReplicas }, { leakageOf }] = await loadPart(() =>
    Promise.all([import('../engine/data/replicas.ts'), import('../engine/data/leakage.ts')]),
  );
  const replicas = drawReplicas(experiment, table);
  return { replicas, leakage: leakageOf(replicas) };
}

const client = new WorkerClient<DrawCommand, DrawEvent, { draw: 'drawn' }>({
  name: 'The worker that draws the data',
  open: () =>
    startWorker(
      () => new Worker(new URL('../workers/draw-entry.ts', import.meta.url), { type: 'module', name: 'draw' }),
    ),
  clock: browserClock,
});

async function drawApart(experiment: Experiment, table: Table | null): Promise<Drawn> {
  // A large table takes half a long task to copy: in one of its own, after the page has answered the reader.
  await new Promise((resolve) => setTimeout(resolve));
  return client.request({ type: 'draw', experiment, table });
}
