/** @file Runs pieces of WGSL by themselves, for tests. */

/**
 * Calls `call`, an expression of `at: u32` that gives a `vec4f`, for each quad of `words`, which `code` may read as
 * `words: array<vec4u>` or, bit by bit, as other types. Resolves to all of its numbers.
 */
export async function evaluate(
  device: GPUDevice,
  code: string,
  call: string,
  words: ArrayBuffer,
): Promise<Float32Array> {
  const module = device.createShaderModule({
    code: /* wgsl */ `
@group(0) @binding(0) var<storage, read> words: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> numbers: array<vec4f>;
${code}
@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) workgroup: vec3u) {
  let at = workgroup.x;
  numbers[at] = ${call};
}`,
  });
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'main' } });
  const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
  const size = words.byteLength;
  const [input, output, staging] = [STORAGE | COPY_DST, STORAGE | COPY_SRC, MAP_READ | COPY_DST].map((usage) =>
    device.createBuffer({ size, usage }),
  ) as [GPUBuffer, GPUBuffer, GPUBuffer];
  device.queue.writeBuffer(input, 0, words);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  const entries = [input, output].map((buffer, binding) => ({ binding, resource: { buffer } }));
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(size / 16);
  pass.end();
  encoder.copyBufferToBuffer(output, 0, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const numbers = new Float32Array(staging.getMappedRange()).slice();
  for (const buffer of [input, output, staging]) buffer.destroy();
  return numbers;
}
