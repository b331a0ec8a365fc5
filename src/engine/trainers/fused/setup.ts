/** @file Everything that depends on the size of the minibatches, which may change between calls of `advance`. */
import type { Job } from '../trainer.ts';
import { pipelinesOf, type Pipelines } from './pipelines.ts';
import { planOf, type WorkgroupPlan } from './plan.ts';

export interface Setup {
  plan: WorkgroupPlan;
  pipelines: Pipelines;
  /** The memory of all workgroups, where it is not their own. */
  memory: GPUBuffer[];
  /** Workgroups of an evaluation at most. */
  evaluators: number;
}

/** Enough to fill a device, and few where each has its own place in storage. */
const EVALUATORS = 1024;
const EVALUATORS_IN_STORAGE = 64;

/** Compiles without holding the thread; rejects if the device does not take the shaders. */
export async function setupOf(
  job: Job,
  { device, software }: { device: GPUDevice; software: boolean },
  batch?: number,
): Promise<Setup> {
  const subgroup = device.features.has('subgroups') ? device.adapterInfo.subgroupMaxSize : 0;
  const plan = planOf(job, { software, limits: device.limits, subgroup }, batch);
  const pipelines = await pipelinesOf(device, plan.variant);
  if (plan.variant.memory > 0) return { plan, pipelines, memory: [], evaluators: EVALUATORS };
  const points = Math.max(job.replicas.count * plan.tile.training, EVALUATORS_IN_STORAGE * plan.tile.evaluation);
  const memory = device.createBuffer({ size: 16 * plan.perPoint * points, usage: GPUBufferUsage.STORAGE });
  return { plan, pipelines, memory: [memory], evaluators: EVALUATORS_IN_STORAGE };
}
