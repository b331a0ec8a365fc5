/** @file Compiles the two pipelines of a shader variant asynchronously and caches them for later jobs. */
import { evaluationShader, trainingShader } from './shader.ts';
import type { Variant } from './plan.ts';

export interface Pipelines {
  training: GPUComputePipeline;
  evaluation: GPUComputePipeline;
}

const cache = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/** The same code on the same device is compiled once; rejects with the compiler's words. */
export async function pipelinesOf(device: GPUDevice, variant: Variant): Promise<Pipelines> {
  const known = cache.get(device) ?? new Map<string, Promise<GPUComputePipeline>>();
  cache.set(device, known);
  const once = (code: string, entryPoint: string, bindings: readonly GPUBufferBindingType[]) => {
    const made = known.get(code) ?? pipeline(device, code, entryPoint, bindings);
    known.set(code, made);
    return made;
  };
  const memory = variant.memory > 0 ? [] : (['storage'] as const);
  const [training, evaluation] = await Promise.all([
    once(trainingShader(variant), 'train', [
      ...(['uniform', 'read-only-storage', 'storage', 'read-only-storage', 'read-only-storage'] as const),
      ...(['storage', 'storage', 'storage', ...memory] as const),
    ]),
    once(evaluationShader(variant), 'evaluate', [
      ...(['uniform', 'read-only-storage', 'read-only-storage', 'storage', ...memory] as const),
    ]),
  ]);
  return { training, evaluation };
}

/** The buffers in the order of the shader's bindings. */
export function bindGroup(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  buffers: readonly GPUBuffer[],
): GPUBindGroup {
  return device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
}

/** `bindings` are named one by one, since not every variant uses all of them. */
async function pipeline(
  device: GPUDevice,
  code: string,
  entryPoint: string,
  bindings: readonly GPUBufferBindingType[],
): Promise<GPUComputePipeline> {
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ code, label: entryPoint });
  const [wrong, { messages }] = await Promise.all([device.popErrorScope(), module.getCompilationInfo()]);
  if (wrong) {
    const first = messages.find(({ type }) => type === 'error');
    const words = first ? `${first.message} (line ${first.lineNum})` : wrong.message;
    throw new Error(`this device does not take the kernel: ${words}`);
  }
  const entries = bindings.map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } }));
  const layout = device.createPipelineLayout({ bindGroupLayouts: [device.createBindGroupLayout({ entries })] });
  return device.createComputePipelineAsync({ layout, compute: { module, entryPoint } });
}
