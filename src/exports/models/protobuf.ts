/** @file Writes protocol buffers: https://protobuf.dev/programming-guides/encoding, the parts that ONNX needs. */

/** A field of a message, as its bytes. */
export type ProtoField = Uint8Array;

const VARINT = 0;
const BYTES = 2;
const FIXED32 = 5;

/** A number in groups of seven bits, the lowest first; 64 bits for negative ones. */
function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
}

const tag = (field: number, wire: number) => varint((field << 3) | wire);

export const intField = (field: number, value: number): ProtoField =>
  Uint8Array.from([...tag(field, VARINT), ...varint(value)]);

export function floatField(field: number, value: number): ProtoField {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return Uint8Array.from([...tag(field, FIXED32), ...bytes]);
}

export const bytesField = (field: number, bytes: Uint8Array): ProtoField =>
  concatenated([Uint8Array.from([...tag(field, BYTES), ...varint(bytes.length)]), bytes]);

export const textField = (field: number, text: string): ProtoField => bytesField(field, new TextEncoder().encode(text));

/** A message within a message. */
export const messageField = (field: number, fields: readonly ProtoField[]): ProtoField =>
  bytesField(field, concatenated(fields));

export function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
