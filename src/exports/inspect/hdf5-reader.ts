/** @file Reads the arrays of an HDF5 file as far as Patience and h5py by default write it: old groups, data in one piece. */
import { FileError, tensorOf, type FileTensor } from './file-error.ts';

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const MAX_DEPTH = 16;
const MAX_OBJECTS = 10_000;

/** All arrays, by their path: `layers/dense/vars/0`. */
export function readHdf5(bytes: Uint8Array): FileTensor[] {
  const reader = new Reader(bytes);
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) throw new FileError('HDF5: does not begin as HDF5 does');
  if (reader.u8(8) > 1) throw new FileError(`HDF5: is of version ${reader.u8(8)}; only 0 and 1 are read`);
  const base = reader.u8(8) === 0 ? 24 : 28;
  const end = reader.u64(base + 16);
  if (end > bytes.length) throw new FileError(`HDF5: claims ${end} bytes, but has ${bytes.length}: it is cut off`);
  const tensors: FileTensor[] = [];
  walk(reader, reader.u64(base + 40), '', tensors, new Set());
  return tensors;
}

interface Message {
  type: number;
  at: number;
  size: number;
}

/** Each object once: a group that holds itself would have no end. */
function walk(reader: Reader, header: number, path: string, tensors: FileTensor[], seen: Set<number>): void {
  if (seen.has(header)) throw new FileError(`HDF5: "${path}" is in the file twice, or holds itself`);
  seen.add(header);
  if (seen.size > MAX_OBJECTS || path.split('/').length > MAX_DEPTH)
    throw new FileError(`HDF5: has more than ${MAX_OBJECTS} objects, or deeper than ${MAX_DEPTH} levels`);
  const messages = messagesOf(reader, header, path);
  const find = (type: number) => messages.find((message) => message.type === type);
  const table = find(0x11);
  if (table) {
    for (const [name, child] of children(reader, table.at, path))
      walk(reader, child, path ? `${path}/${name}` : name, tensors, seen);
    return;
  }
  const [space, datatype, layout] = [find(0x01), find(0x03), find(0x08)];
  if (!space || !datatype || !layout) return;
  tensors.push(array(reader, path, space.at, datatype.at, layout.at));
}

function messagesOf(reader: Reader, header: number, path: string): Message[] {
  if (reader.u8(header) !== 1) throw new FileError(`HDF5: "${path}" has no header of version 1`);
  const count = reader.u16(header + 2);
  const messages: Message[] = [];
  // Pieces of the header: the first, and those that a continuation message (0x10) names.
  const pieces = [{ at: header + 16, end: header + 16 + reader.u32(header + 8) }];
  for (const piece of pieces) {
    let { at } = piece;
    while (at + 8 <= piece.end && messages.length < count) {
      const [type, size] = [reader.u16(at), reader.u16(at + 2)];
      messages.push({ type, at: at + 8, size });
      if (type === 0x10) pieces.push({ at: reader.u64(at + 8), end: reader.u64(at + 8) + reader.u64(at + 16) });
      at += 8 + size;
    }
  }
  return messages;
}

function children(reader: Reader, table: number, path: string): [string, number][] {
  const [tree, heap] = [reader.u64(table), reader.u64(table + 8)];
  if (reader.text(heap, 4) !== 'HEAP') throw new FileError(`HDF5: "${path}" has no names`);
  const names = reader.u64(heap + 24);
  const found: [string, number][] = [];
  const nodes = [tree];
  for (const node of nodes) {
    if (nodes.length > MAX_OBJECTS || reader.text(node, 4) !== 'TREE')
      throw new FileError(`HDF5: "${path}" has no tree of its children`);
    const [level, used] = [reader.u8(node + 5), reader.u16(node + 6)];
    for (let i = 0; i < used; i++) {
      const child = reader.u64(node + 24 + 8 + 16 * i);
      if (level > 0) nodes.push(child);
      else found.push(...leaf(reader, child, names, path));
    }
  }
  return found;
}

function leaf(reader: Reader, at: number, names: number, path: string): [string, number][] {
  if (reader.text(at, 4) !== 'SNOD') throw new FileError(`HDF5: "${path}" has no list of its children`);
  return Array.from({ length: reader.u16(at + 6) }, (_, i) => {
    const entry = at + 8 + 40 * i;
    if (reader.u32(entry + 16) === 2)
      throw new FileError(`HDF5: "${path}" has a link to elsewhere, which is not followed`);
    return [reader.name(names + reader.u64(entry)), reader.u64(entry + 8)];
  });
}

function array(reader: Reader, path: string, space: number, datatype: number, layout: number): FileTensor {
  const [version, rank] = [reader.u8(space), reader.u8(space + 1)];
  const dims = space + (version === 1 ? 8 : 4);
  const shape = Array.from({ length: rank }, (_, i) => reader.u64(dims + 8 * i));
  const [kind, size] = [reader.u8(datatype) & 15, reader.u32(datatype + 4)];
  const isFloat = kind === 1 && (reader.u8(datatype + 1) & 1) === 0 && (size === 4 || size === 2);
  if (!isFloat) throw new FileError(`HDF5: "${path}" is no array of little-endian float32 or float16`);
  if (reader.u8(layout) !== 3 || reader.u8(layout + 1) !== 1)
    throw new FileError(`HDF5: "${path}" does not lie in one piece`);
  const bytes = reader.slice(reader.u64(layout + 2), reader.u64(layout + 10), path);
  return tensorOf(path, size === 4 ? 'float32' : 'float16', shape, bytes);
}

/** Reads numbers, and refuses to read beyond the end. */
class Reader {
  readonly #view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #check(at: number, size: number): void {
    if (!(at >= 0 && at + size <= this.bytes.length))
      throw new FileError(`HDF5: points to byte ${at}, but has ${this.bytes.length}: it is damaged or cut off`);
  }

  u8(at: number): number {
    this.#check(at, 1);
    return this.#view.getUint8(at);
  }

  u16(at: number): number {
    this.#check(at, 2);
    return this.#view.getUint16(at, true);
  }

  u32(at: number): number {
    this.#check(at, 4);
    return this.#view.getUint32(at, true);
  }

  u64(at: number): number {
    this.#check(at, 8);
    return Number(this.#view.getBigUint64(at, true));
  }

  text(at: number, length: number): string {
    this.#check(at, length);
    return new TextDecoder().decode(this.bytes.subarray(at, at + length));
  }

  /** Up to its NUL. */
  name(at: number): string {
    this.#check(at, 1);
    const end = this.bytes.indexOf(0, at);
    return this.text(at, (end === -1 ? this.bytes.length : end) - at);
  }

  slice(at: number, size: number, path: string): Uint8Array {
    if (!(at >= 0 && at + size <= this.bytes.length))
      throw new FileError(`HDF5: "${path}" claims ${size} bytes from ${at}, but the file has ${this.bytes.length}`);
    return this.bytes.subarray(at, at + size);
  }
}
