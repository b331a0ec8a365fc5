/** @file Draws the data of an experiment: at once where there are few points, else in a worker. */
import type { Table } from '../../datasets/contract.ts';
import type { DrawCommand, DrawEvent } from '../workers/draw.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { loadTable } from '../engine/data/load-table.ts';
import { materialOf, type Material } from './run.svelte.ts';

type Drawn = Pick<Material, 'replicas' | 'leakage'>;

/** Points of all replicas together that are drawn within a few ms. */
const AT_ONCE = 30_000;

/** Rejects with a message for the reader where the sizes asked for cannot be had. */
export async function draw(experiment: Experiment, own: Table | null): Promise<Material> {
  const table = experiment.data.own ? own : await loadTable(experiment);
  const { data, replicas } = experiment;
  const points = replicas.count * (data.trainSize + data.validationSize);
  const drawn = data.own || points > AT_ONCE ? drawApart(experiment, table) : drawAtOnce(experiment, table);
  return materialOf(experiment, table, await drawn);
}

/** What draws comes after the first paint. */
async function drawAtOnce(experiment: Experiment, table: Table | null): Promise<Drawn> {
  const [{ drawReplicas }, { leakageOf }] = await Promise.all([
    import('../engine/data/replicas.ts'),
    import('../engine/data/leakage.ts'),
  ]);
  const replicas = drawReplicas(experiment, table);
  return { replicas, leakage: leakageOf(replicas) };
}

let worker: Worker | null = null;
let request = 0;
const waiting = new Map<number, { resolve: (drawn: Drawn) => void; reject: (error: Error) => void }>();

async function drawApart(experiment: Experiment, table: Table | null): Promise<Drawn> {
  // A large table takes half a long task to copy: in one of its own, after the page has answered the reader.
  await new Promise((resolve) => setTimeout(resolve));
  worker ??= started();
  worker.postMessage({ request: ++request, experiment, table } satisfies DrawCommand);
  return new Promise((resolve, reject) => waiting.set(request, { resolve, reject }));
}

function started(): Worker {
  const worker = new Worker(new URL('../workers/draw-entry.ts', import.meta.url), { type: 'module', name: 'draw' });
  worker.onmessage = ({ data }: MessageEvent<DrawEvent>) => {
    const asked = waiting.get(data.request);
    waiting.delete(data.request);
    if (data.type === 'drawn') asked?.resolve(data);
    else asked?.reject(new Error(data.message));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const error = new Error(`The data could not be drawn: ${event.message || 'its code could not be loaded'}. Reload.`);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  return worker;
}
