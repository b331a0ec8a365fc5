/** @file Unpacks a zip from a stranger: names, sizes and places are checked before anything is unpacked. */
import { crc32 } from '../../engine/crc32.ts';
import { inflateSync } from 'fflate';
import { FileError, MAX_FILE_BYTES } from './file-error.ts';

const MAX_ENTRIES = 1000;
/** Deflate cannot pack tighter: https://zlib.net/zlib_tech.html. */
const MAX_RATIO = 1032;
/** Of the end record without its comment, which may take 64 kB. */
const END = 22;

const isSafe = (name: string) =>
  name !== '' && !/[\0\\:]/.test(name) && !name.startsWith('/') && !name.split('/').includes('..');

/** The files by name. Throws a `FileError` for what is no zip, is cut off, or claims more than it may. */
export function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - END;
  while (end >= 0 && end > bytes.length - END - 65536 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50)
    throw new FileError('zip: has no list of its files at its end; it may be cut off');
  const count = view.getUint16(end + 10, true);
  if (count > MAX_ENTRIES) throw new FileError(`zip: has ${count} files, more than ${MAX_ENTRIES}`);
  const files = new Map<string, Uint8Array>();
  let left = MAX_FILE_BYTES;
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50)
      throw new FileError(`zip: file ${i + 1} of ${count} is missing in its list`);
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (!isSafe(name)) throw new FileError(`zip: the name ${JSON.stringify(name)} leads out of its folder`);
    if (files.has(name)) throw new FileError(`zip: has "${name}" twice`);
    if (size > left || size > packed * MAX_RATIO + 64)
      throw new FileError(`zip: "${name}" claims ${size} bytes, from ${packed}; ${MAX_FILE_BYTES} may be in all`);
    left -= size;
    const method = view.getUint16(at + 10, true);
    files.set(name, entry(bytes, view, name, view.getUint32(at + 42, true), method, packed, size));
    if (crc32(files.get(name)!) !== view.getUint32(at + 16, true))
      throw new FileError(`zip: "${name}" is damaged: its checksum is another`);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}

function entry(
  bytes: Uint8Array,
  view: DataView,
  name: string,
  at: number,
  method: number,
  packed: number,
  size: number,
): Uint8Array {
  if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50)
    throw new FileError(`zip: "${name}" is not where its list says`);
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (from + packed > bytes.length) throw new FileError(`zip: "${name}" is cut off`);
  const data = bytes.subarray(from, from + packed);
  if (method === 0 && packed === size) return data;
  if (method !== 8)
    throw new FileError(`zip: "${name}" is packed by method ${method}; only stored and deflated are read`);
  let unpacked: Uint8Array;
  try {
    // With a byte to spare, so that more than what is claimed shows.
    unpacked = inflateSync(data, { out: new Uint8Array(size + 1) });
  } catch (error) {
    throw new FileError(`zip: "${name}" cannot be unpacked (${(error as Error).message})`);
  }
  if (unpacked.length !== size)
    throw new FileError(`zip: "${name}" claims ${size} bytes and has ${unpacked.length > size ? 'more' : 'fewer'}`);
  return unpacked;
}
