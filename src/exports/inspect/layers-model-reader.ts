/** @file Reads a TensorFlow.js layers model: model.json with its manifest, and the weights of its one file. */
import { FileError, tensorOf, type FileTensor } from './file-error.ts';
import { listOf, numberListOf, objectOf, stringOf, type Json, type JsonObject } from './safe-json.ts';

/** The bytes of all weights one after another; throws a `FileError` where they are not what the manifest says. */
export function readLayersModel(model: JsonObject, weights: Uint8Array): { tensors: FileTensor[]; about: Json } {
  const groups = listOf(model.weightsManifest, 'weightsManifest');
  const entries = groups.flatMap((group, g) =>
    listOf(objectOf(group, `weightsManifest[${g}]`).weights, `weightsManifest[${g}].weights`),
  );
  let at = 0;
  const tensors = entries.map((value, i) => {
    const entry = objectOf(value, `weight ${i}`);
    const name = stringOf(entry.name, `weight ${i}.name`);
    if (entry.dtype !== 'float32') throw new FileError(`${name}.dtype: must be float32`);
    const shape = numberListOf(entry.shape, `${name}.shape`);
    const size = 4 * shape.reduce((product, n) => product * n, 1);
    if (!(size >= 0 && at + size <= weights.length))
      throw new FileError(`${name}: needs ${size} bytes, weights.bin has ${weights.length - at} left`);
    return tensorOf(name, 'float32', shape, weights.subarray(at, (at += size)));
  });
  if (at !== weights.length) throw new FileError(`weights.bin: ${weights.length - at} bytes belong to no weight`);
  return { tensors, about: model.userDefinedMetadata ?? null };
}
