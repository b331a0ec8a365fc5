/** @file What is wrong with a file that was given to be read: said to the one who gave it. */
import { fromHalf } from '../models/precision.ts';

/** Its message names the place, the value and what would be right. */
export class FileError extends Error {}

/** Bytes of a file that are read at all. */
export const MAX_FILE_BYTES = 256 * 2 ** 20;
/** Numbers that one file may hold. */
export const MAX_NUMBERS = 64e6;

/** A tensor of a file; `values` are its numbers as stored. */
export interface FileTensor {
  name: string;
  type: 'float32' | 'float16' | 'int8' | 'int32' | 'int64';
  shape: number[];
  values: ArrayLike<number>;
}

const SIZES = { float32: 4, float16: 2, int8: 1, int32: 4, int64: 8 } as const;

/**
 * The numbers of a tensor from its little-endian bytes. Throws a `FileError` unless the shape is one, fits its bytes
 * exactly, and every number is finite; all that before anything is allocated for it.
 */
export function tensorOf(
  name: string,
  type: FileTensor['type'],
  shape: readonly number[],
  bytes: Uint8Array,
): FileTensor {
  const said = `${name}, ${type} [${shape.join(', ')}]`;
  if (shape.length > 8 || !shape.every((n) => Number.isSafeInteger(n) && n >= 0 && n <= MAX_NUMBERS))
    throw new FileError(`${said}: is no shape of at most 8 axes of at most ${MAX_NUMBERS} each`);
  const count = shape.reduce((product, n) => product * n, 1);
  if (count * SIZES[type] !== bytes.length)
    throw new FileError(`${said}: needs ${count * SIZES[type]} bytes, but has ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = type === 'int8' ? new Int8Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = numberAt(view, i, type);
  const broken = values.findIndex((value) => !Number.isFinite(value));
  if (broken !== -1) throw new FileError(`${said}: number ${broken} is ${values[broken]}, weights must be finite`);
  return { name, type, shape: [...shape], values };
}

function numberAt(view: DataView, i: number, type: FileTensor['type']): number {
  switch (type) {
    case 'float32':
      return view.getFloat32(4 * i, true);
    case 'float16':
      return fromHalf(view.getUint16(2 * i, true));
    case 'int8':
      return view.getInt8(i);
    case 'int32':
      return view.getInt32(4 * i, true);
    case 'int64':
      return Number(view.getBigInt64(8 * i, true));
  }
}
