/** @file Says in a few words what the training runs on. */
import type { DeviceReport } from '../../engine/protocol.ts';
import type { BackendName } from '../../engine/trainers/trainer.ts';
import { speed } from '../transport/status.ts';

export const SHORT_BACKEND_LABELS = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' } as const satisfies Record<
  BackendName,
  string
>;

/**
 * Adapter and speed for WebGPU, the backend and what stood in the way of WebGPU for a fallback. `measured` is the speed
 * of the run on screen in replica-epochs per second; before there is one, that of the calibration is said.
 */
export function deviceLine(
  { chosen, trials }: DeviceReport,
  measured: number | null,
): { text: string; hardware: boolean } {
  const perSecond = measured ?? chosen.replicaEpochsPerSecond;
  const rate = perSecond === null ? '' : `, ${speed(perSecond)} replica-epochs/s`;
  const hardware = chosen.backend === 'webgpu' && !chosen.software;
  const label = SHORT_BACKEND_LABELS[chosen.backend];
  if (chosen.backend === 'webgpu') return { text: `${label}, ${chosen.adapter}${rate}`, hardware };
  const failed = trials.some(({ backend, failure }) => backend === 'webgpu' && failure !== null);
  return { text: `${label}${failed ? ' (no WebGPU)' : ''}${rate}`, hardware };
}
