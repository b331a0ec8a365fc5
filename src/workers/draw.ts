/** @file The worker that draws replicas where there are many points, so that the page stays responsive. */
import type { Table } from '../../datasets/contract.ts';
import type { Experiment } from '../engine/experiment/experiment.ts';
import { leakageOf, type Leakage } from '../engine/data/leakage.ts';
import { drawReplicas, type Replicas } from '../engine/data/replicas.ts';

/** `request` counts upwards and comes back with the answer. */
export interface DrawCommand {
  type: 'draw';
  request: number;
  experiment: Experiment;
  table: Table | null;
}

export type DrawEvent =
  | { type: 'drawn'; request: number; replicas: Replicas; leakage: Leakage }
  | { type: 'refused'; request: number; message: string };

function answer({ request, experiment, table }: DrawCommand): DrawEvent {
  try {
    const replicas = drawReplicas(experiment, table);
    return { type: 'drawn', request, replicas, leakage: leakageOf(replicas) };
  } catch (error) {
    return { type: 'refused', request, message: error instanceof Error ? error.message : String(error) };
  }
}

export function receive(command: DrawCommand): void {
  const event = answer(command);
  const transfer =
    event.type === 'drawn'
      ? [event.replicas.train, event.replicas.validation].flatMap(({ x, y }) => [x.buffer, y.buffer])
      : [];
  postMessage(event, { transfer });
}
