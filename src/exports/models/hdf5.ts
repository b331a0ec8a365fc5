/**
 * @file Writes arrays in groups as HDF5, in the format's first version, which every reader knows and which has no
 * checksums: https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html. Groups are symbol tables, data lie in one piece.
 */

export interface Hdf5Array {
  type: 'float32' | 'float16';
  shape: number[];
  /** Numbers; for float16 the bits. */
  values: Float32Array | Uint16Array;
}

export interface Hdf5Group {
  [name: string]: Hdf5Group | Hdf5Array;
}

const UNDEFINED = 0xffff_ffff_ffff_ffffn;
const SUPERBLOCK = 96;
/** Children that a node of the tree of a group has room for, halved; one is used. */
const INTERNAL_K = 16;

/** Where a group's header, tree of names and heap of names lie. */
interface Placed {
  header: number;
  tree: number;
  heap: number;
}

const isArray = (node: Hdf5Group | Hdf5Array): node is Hdf5Array => ArrayBuffer.isView(node.values);
const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);

/** Names must be ASCII without `/`. */
export function hdf5(root: Hdf5Group): Uint8Array<ArrayBuffer> {
  const out = new Writer();
  out.reserve(SUPERBLOCK);
  const leafK = Math.max(4, Math.ceil(largest(root) / 2));
  const { header, tree, heap } = placeGroup(out, root, leafK);
  const end = out.length;
  out.at(0).bytes([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0, 0, 8, 8, 0]);
  out.u16(leafK).u16(INTERNAL_K).u32(0).u64(0).u64(UNDEFINED).u64(end).u64(UNDEFINED);
  out.u64(0).u64(header).u32(1).u32(0).u64(tree).u64(heap);
  return out.result(end);
}

/** The most names that one group has. */
function largest(group: Hdf5Group): number {
  const children = Object.values(group).filter((node): node is Hdf5Group => !isArray(node));
  return Math.max(Object.keys(group).length, ...children.map(largest));
}

function placeGroup(out: Writer, group: Hdf5Group, leafK: number): Placed {
  // In the order of their bytes, as the tree wants them.
  const entries = Object.entries(group).sort(byName);
  const children = entries.map(([name, node]) => ({
    name,
    placed: isArray(node) ? null : placeGroup(out, node, leafK),
    header: isArray(node) ? placeArray(out, node) : 0,
  }));

  // The heap begins with the empty name.
  let size = 8;
  const names = children.map(({ name }) => {
    const offset = size;
    size += Math.ceil((name.length + 1) / 8) * 8;
    return offset;
  });
  const heap = out.reserve(32 + size);
  out
    .at(heap)
    .text('HEAP')
    .u32(0)
    .u64(size)
    .u64(1)
    .u64(heap + 32);
  children.forEach(({ name }, i) => out.at(heap + 32 + names[i]!).text(name));

  const leaf = out.reserve(8 + 2 * leafK * 40);
  out.at(leaf).text('SNOD').bytes([1, 0]).u16(children.length);
  children.forEach(({ placed, header }, i) => {
    out
      .at(leaf + 8 + 40 * i)
      .u64(names[i]!)
      .u64(placed?.header ?? header)
      .u32(placed ? 1 : 0)
      .u32(0);
    if (placed) out.u64(placed.tree).u64(placed.heap);
  });

  const tree = out.reserve(24 + 8 * (4 * INTERNAL_K + 1));
  out.at(tree).text('TREE').bytes([0, 0]).u16(Math.min(children.length, 1)).u64(UNDEFINED).u64(UNDEFINED);
  out
    .u64(0)
    .u64(leaf)
    .u64(names.at(-1) ?? 0);

  const header = out.reserve(40);
  objectHeader(out, header, [{ type: 0x11, size: 16 }]);
  out
    .at(header + 24)
    .u64(tree)
    .u64(heap);
  return { header, tree, heap };
}

/** Where its object header lies. */
function placeArray(out: Writer, { type, shape, values }: Hdf5Array): number {
  const data = out.reserve(values.byteLength);
  out.at(data);
  for (const value of values) {
    if (type === 'float32') out.f32(value);
    else out.u16(value);
  }
  const space = 8 + 8 * shape.length;
  const header = out.reserve(16 + 4 * 8 + space + 24 + 8 + 24);
  const [spaceAt, typeAt, fillAt, layoutAt] = objectHeader(out, header, [
    { type: 0x01, size: space },
    { type: 0x03, size: 24 },
    { type: 0x05, size: 8 },
    { type: 0x08, size: 24 },
  ]) as [number, number, number, number];
  out.at(spaceAt).bytes([1, shape.length, 0, 0]).u32(0);
  for (const length of shape) out.u64(length);
  // Little-endian IEEE 754: place of the sign, bytes, bits, places and sizes of exponent and fraction, bias.
  if (type === 'float32')
    out.at(typeAt).bytes([0x11, 0x20, 31, 0]).u32(4).u16(0).u16(32).bytes([23, 8, 0, 23]).u32(127);
  else out.at(typeAt).bytes([0x11, 0x20, 15, 0]).u32(2).u16(0).u16(16).bytes([10, 5, 0, 10]).u32(15);
  out.at(fillAt).bytes([2, 2, 2, 1]).u32(0);
  out.at(layoutAt).bytes([3, 1]).u64(data).u64(values.byteLength);
  return header;
}

/** Version 1; gives where the body of each message begins. Sizes are multiples of 8. */
function objectHeader(out: Writer, at: number, messages: { type: number; size: number }[]): number[] {
  const total = messages.reduce((sum, { size }) => sum + 8 + size, 0);
  out.at(at).bytes([1, 0]).u16(messages.length).u32(1).u32(total).u32(0);
  let body = at + 16;
  return messages.map(({ type, size }) => {
    out.at(body).u16(type).u16(size);
    body += 8 + size;
    return body - size;
  });
}

/** Bytes that grow, in pieces aligned to 8; what is not written is zero. */
class Writer {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  length = 0;

  reserve(size: number): number {
    const start = this.length;
    this.length += Math.ceil(size / 8) * 8;
    if (this.length > this.#bytes.length) {
      const grown = new Uint8Array(2 * this.length);
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return start;
  }

  at(place: number): this {
    this.#at = place;
    return this;
  }

  bytes(bytes: ArrayLike<number>): this {
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
    return this;
  }

  text(text: string): this {
    return this.bytes(new TextEncoder().encode(text));
  }

  u16(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  u32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  u64(value: number | bigint): this {
    this.#view.setBigUint64(this.#at, BigInt(value), true);
    this.#at += 8;
    return this;
  }

  f32(value: number): this {
    this.#view.setFloat32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  result(length: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, length);
  }
}
