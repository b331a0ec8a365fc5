/** @file Prepares plain data for storage: copies arrays to their exact size, and counts their bytes. */

/**
 * A deep copy of plain data in which every typed array owns a buffer of exactly its size: a structured clone of a view
 * stores the whole buffer beneath it.
 */
export function exactCopy<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return (value as Float32Array).slice();
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, x]) => [key, copy(x)]));
}

/** Bytes of plain data: arrays by their buffers, the rest by its length as JSON. */
export function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return (JSON.stringify(value) ?? '').length;
  return Object.entries(value).reduce((sum, [key, x]) => sum + key.length + sizeOf(x), 0);
}
