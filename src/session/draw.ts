/** @file Draws what an experiment learns from: at once where its data are small, in a worker from the visitor's table. */
import type { Table } from '../../datasets/contract.ts';
import type { DrawCommand, DrawEvent } from '../draw-worker.ts';
import type { Experiment } from '../engine/experiment.ts';
import { loadTable } from '../engine/load-table.ts';
import { drawReplicas, type Replicas } from '../engine/replicas.ts';
import { materialOf, type Material } from './run.svelte.ts';

/** Rejects with a message for the reader where the sizes asked for cannot be had. */
export async function draw(experiment: Experiment, own: Table | null): Promise<Material> {
  const table = experiment.data.own ? own : await loadTable(experiment);
  const drawn = experiment.data.own && table ? drawApart(experiment, table) : drawReplicas(experiment, table);
  return materialOf(experiment, table, await drawn);
}

let worker: Worker | null = null;
let request = 0;
const waiting = new Map<number, { resolve: (replicas: Replicas) => void; reject: (error: Error) => void }>();

async function drawApart(experiment: Experiment, table: Table): Promise<Replicas> {
  // A large table takes half a long task to copy: in one of its own, after the page has answered the reader.
  await new Promise((resolve) => setTimeout(resolve));
  worker ??= started();
  worker.postMessage({ request: ++request, experiment, table } satisfies DrawCommand);
  return new Promise((resolve, reject) => waiting.set(request, { resolve, reject }));
}

function started(): Worker {
  const worker = new Worker(new URL('../draw-worker.ts', import.meta.url), { type: 'module', name: 'draw' });
  worker.onmessage = ({ data }: MessageEvent<DrawEvent>) => {
    const asked = waiting.get(data.request);
    waiting.delete(data.request);
    if (data.type === 'drawn') asked?.resolve(data.replicas);
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
