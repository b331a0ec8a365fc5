/** @file The worker that draws replicas from the visitor's own table, which may be large; the page stays free. */
import type { Table } from '../datasets/contract.ts';
import type { Experiment } from './engine/experiment.ts';
import { drawReplicas, type Replicas } from './engine/replicas.ts';

/** `request` counts upwards and comes back with the answer. */
export interface DrawCommand {
  request: number;
  experiment: Experiment;
  table: Table;
}

export type DrawEvent =
  { type: 'drawn'; request: number; replicas: Replicas } | { type: 'refused'; request: number; message: string };

function answer({ request, experiment, table }: DrawCommand): DrawEvent {
  try {
    return { type: 'drawn', request, replicas: drawReplicas(experiment, table) };
  } catch (error) {
    return { type: 'refused', request, message: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener('message', ({ data }: MessageEvent<DrawCommand>) => {
  const event = answer(data);
  const transfer =
    event.type === 'drawn'
      ? [event.replicas.train, event.replicas.validation].flatMap(({ x, y }) => [x.buffer, y.buffer])
      : [];
  postMessage(event, { transfer });
});
