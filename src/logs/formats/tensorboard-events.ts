/**
 * @file Event files of TensorBoard (`events.out.tfevents.…`): TFRecords of protobuf messages `Event`, of which the scalars
 * are read, old (`simple_value`) and new (a tensor of one number).
 *
 * Field numbers: tensorflow/core/util/event.proto, framework/summary.proto, framework/tensor.proto.
 */
import { LogError } from '../log-error.ts';
import { partOfFolder, fileNameOf } from '../paths.ts';
import { TableBuilder } from '../table.ts';
import { maskedCrc } from './crc32c.ts';
import type { Format } from './format.ts';
import { fieldsOf, viewOf } from './protobuf.ts';

const HEADER = 12;
const FOOTER = 4;
const FLOAT = 1;
const DOUBLE = 2;

export const TENSORBOARD_EVENTS: Format = {
  name: 'TensorBoard event file',
  read({ bytes, path }) {
    if (!bytes || lengthAt(bytes, 0) === null) return null;
    const { run, split } = partOfFolder(path);
    const builder = new TableBuilder('TensorBoard event file', run);
    builder.joins = true;
    let row: { step: number; tags: Set<string> } | null = null;
    for (const { time, step, tag, value } of scalarsOf(bytes, path, builder.notes)) {
      // Scalars written one after the other at one step stand in one row, a tag once.
      if (row && (row.step !== step || row.tags.has(tag))) {
        builder.endRow();
        row = null;
      }
      row ??= { step, tags: new Set() };
      row.tags.add(tag);
      builder.put('wall time', time);
      builder.put('step', step);
      builder.put(split ? `${split}/${tag}` : tag, value);
    }
    if (row) builder.endRow();
    return [builder.table];
  },
};

/** The length of the record that begins here; null where none does. */
function lengthAt(bytes: Uint8Array, at: number): number | null {
  if (at + HEADER + FOOTER > bytes.length) return null;
  const view = viewOf(bytes);
  if (view.getUint32(at + 8, true) !== maskedCrc(bytes.subarray(at, at + 8))) return null;
  return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

interface Scalar {
  /** Seconds since 1970. */
  time: number;
  step: number;
  tag: string;
  value: number;
}

function* scalarsOf(bytes: Uint8Array, path: string, notes: string[]): Generator<Scalar> {
  const place = fileNameOf(path);
  for (let at = 0, record = 1; at < bytes.length; record++) {
    const length = lengthAt(bytes, at);
    const end = length === null ? Infinity : at + HEADER + length + FOOTER;
    if (end > bytes.length) {
      if (length === null && at + HEADER + FOOTER <= bytes.length) throw damaged(place, record, at);
      notes.push(`${place} ends within record ${record}: it was still being written, or cut off.`);
      return;
    }
    const data = bytes.subarray(at + HEADER, end - FOOTER);
    if (viewOf(bytes).getUint32(end - FOOTER, true) !== maskedCrc(data)) throw damaged(place, record, at);
    let scalars: Scalar[];
    try {
      scalars = scalarsIn(data);
    } catch (error) {
      if (error instanceof RangeError) throw damaged(place, record, at);
      throw error;
    }
    yield* scalars;
    at = end;
  }
}

const damaged = (place: string, record: number, at: number) =>
  new LogError(
    `${place}, record ${record}`,
    `byte ${at}`,
    'is damaged: its checksum does not fit; copy the file again',
  );

function scalarsIn(event: Uint8Array): Scalar[] {
  let time = 0;
  let step = 0;
  const summaries: Uint8Array[] = [];
  for (const { number, varint, bytes } of fieldsOf(event)) {
    if (number === 1 && bytes.length === 8) time = viewOf(bytes).getFloat64(0, true);
    else if (number === 2) step = varint;
    else if (number === 5) summaries.push(bytes);
  }
  const scalars: Scalar[] = [];
  for (const summary of summaries) {
    for (const { number, bytes } of fieldsOf(summary)) {
      if (number !== 1) continue;
      const { tag, value } = valueIn(bytes);
      if (value !== null) scalars.push({ time, step, tag, value });
    }
  }
  return scalars;
}

function valueIn(message: Uint8Array): { tag: string; value: number | null } {
  let tag = '';
  let value: number | null = null;
  for (const { number, bytes } of fieldsOf(message)) {
    if (number === 1) tag = new TextDecoder().decode(bytes);
    else if (number === 2 && bytes.length === 4) value = asWritten(viewOf(bytes).getFloat32(0, true));
    else if (number === 8) value = tensorIn(bytes);
  }
  return { tag, value };
}

/** The number in a tensor of one; null for every other tensor. */
function tensorIn(message: Uint8Array): number | null {
  let dtype = 0;
  let content: Uint8Array | null = null;
  for (const { number, varint, bytes } of fieldsOf(message)) {
    if (number === 1) dtype = varint;
    // tensor_content, float_val, double_val.
    else if (number === 4 || number === 5 || number === 6) content = bytes;
  }
  if (dtype === FLOAT && content?.length === 4) return asWritten(viewOf(content).getFloat32(0, true));
  return dtype === DOUBLE && content?.length === 8 ? viewOf(content).getFloat64(0, true) : null;
}

/** The shortest decimal number that a 32-bit float stands for: 0.47, not 0.46999999880790710. */
function asWritten(float: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return float;
}
