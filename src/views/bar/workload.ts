/** @file The compute and memory that the networks on screen need. */
import { workloadOf, type Workload } from '../../engine/record/cost.ts';
import { layoutOf } from '../../engine/model/network.ts';
import type { Material } from '../../session/material.ts';

export function workloadFrom({ experiment, replicas }: Material): Workload {
  const layout = layoutOf(experiment, replicas.features, replicas.outputs);
  return workloadOf({ experiment, layout, replicas });
}
