/** @file Numbers as NumPy keeps them in a file: `.npy`, format version 1.0, float32, little-endian, row-major. */

/**
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. Every float32 comes back to the last bit, NaN and
 * infinities too. Throws if `values` do not fill `shape`.
 */
export function npy(values: Float32Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const size = shape.reduce((product, length) => product * length, 1);
  if (values.length !== size)
    throw new Error(`npy: ${values.length} numbers do not fill the shape ${shape.join(' × ')}, which holds ${size}`);
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Magic string, version and length take 10 bytes; the data begin at a multiple of 64, after a line end.
  const start = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + 4 * size);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  view.setUint16(8, start - 10, true);
  bytes.set(new TextEncoder().encode(`${dictionary.padEnd(start - 11)}\n`), 10);
  values.forEach((value, i) => view.setFloat32(start + 4 * i, value, true));
  return bytes;
}
