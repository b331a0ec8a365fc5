/** @file Reads safetensors by https://github.com/huggingface/safetensors: no gap, no overlap, nothing beyond the end. */
import { FileError, tensorOf, type FileTensor } from './file-error.ts';
import { numberListOf, objectOf, safeJson, stringOf } from './safe-json.ts';

const TYPES = { F32: 'float32', F16: 'float16', I8: 'int8', I32: 'int32', I64: 'int64' } as const;
const MAX_HEADER = 100e6;

export function readSafetensors(bytes: Uint8Array): { tensors: FileTensor[]; metadata: Record<string, string> } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10) throw new FileError(`safetensors: ends after ${bytes.length} bytes`);
  const length = view.getBigUint64(0, true);
  if (length > MAX_HEADER || Number(length) > bytes.length - 8)
    throw new FileError(`safetensors: claims a header of ${length} bytes, but has ${bytes.length - 8}`);
  const data = bytes.subarray(8 + Number(length));
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + Number(length)));
  const { __metadata__, ...entries } = objectOf(safeJson(text, 'safetensors header'), 'safetensors header');
  const places = Object.entries(entries).map(([name, entry]) => {
    const { dtype, shape, data_offsets } = objectOf(entry, name);
    const type = TYPES[stringOf(dtype, `${name}.dtype`) as keyof typeof TYPES];
    if (!type) throw new FileError(`${name}.dtype: must be one of ${Object.keys(TYPES).join(', ')}`);
    const [from, to] = numberListOf(data_offsets, `${name}.data_offsets`);
    return { name, type, shape: numberListOf(shape, `${name}.shape`), from: from!, to: to! };
  });
  let end = 0;
  for (const { name, from, to } of places.toSorted((a, b) => a.from - b.from)) {
    if (from !== end || !(to >= from && to <= data.length))
      throw new FileError(`${name}.data_offsets: ${from} to ${to} must begin at ${end} and end by ${data.length}`);
    end = to;
  }
  if (end !== data.length) throw new FileError(`safetensors: ${data.length - end} bytes belong to no tensor`);
  const metadata = Object.fromEntries(
    Object.entries(objectOf(__metadata__ ?? {}, '__metadata__')).map(([key, value]) => [key, stringOf(value, key)]),
  );
  const tensors = places.map(({ name, type, shape, from, to }) => tensorOf(name, type, shape, data.subarray(from, to)));
  return { tensors, metadata };
}
