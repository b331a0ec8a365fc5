/** @file Reads the fields of a protobuf message, wire types 0, 1, 2 and 5. */

export interface Field {
  number: number;
  /** A varint of up to 53 bits; 0 for the other wire types. */
  varint: number;
  /** The bytes of a fixed-size or length-delimited field. */
  bytes: Uint8Array;
}

const NONE = new Uint8Array(0);

/** The fields of a message; throws a RangeError where its bytes are none. */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++];
      if (byte === undefined || shift > 2 ** 63) throw new RangeError('a varint is cut off');
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Uint8Array => {
    if (at + length > message.length) throw new RangeError('a field is longer than its message');
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) yield { number, varint: varint(), bytes: NONE };
    else if (wire === 1) yield { number, varint: 0, bytes: take(8) };
    else if (wire === 2) yield { number, varint: 0, bytes: take(varint()) };
    else if (wire === 5) yield { number, varint: 0, bytes: take(4) };
    else throw new RangeError(`wire type ${wire} is not read`);
  }
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
