/** @file Event files, written here byte by byte by the published layout, with a bitwise CRC-32C. */
import { describe, expect, it } from 'vitest';
import { logOf } from '../log.ts';
import { readLogs, type LogFile } from '../read-logs.ts';
import { valuesOf } from '../read.testing.ts';

const bytes = (...parts: (number | Uint8Array)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])));

function little(length: number, write: (view: DataView) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  write(view);
  return new Uint8Array(view.buffer);
}

const double = (value: number) => little(8, (view) => view.setFloat64(0, value, true));
const float = (value: number) => little(4, (view) => view.setFloat32(0, value, true));

function varint(value: number): Uint8Array {
  const out: number[] = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    if (rest < 128n) return new Uint8Array([...out, Number(rest)]);
    out.push(Number(rest & 127n) | 128);
  }
}

const message = (number: number, content: Uint8Array) => bytes(number * 8 + 2, varint(content.length), content);
const text = (number: number, content: string) => message(number, new TextEncoder().encode(content));

/** Polynomial 0x1EDC6F41, bit by bit, reflected. */
function masked(data: Uint8Array): number {
  let crc = 0xffffffffn;
  for (const byte of data) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x82f63b78n : crc >> 1n;
  }
  crc ^= 0xffffffffn;
  return Number((((crc >> 15n) | (crc << 17n)) + 0xa282ead8n) & 0xffffffffn);
}

function record(event: Uint8Array): Uint8Array {
  const length = little(8, (view) => view.setBigUint64(0, BigInt(event.length), true));
  const crc = (data: Uint8Array) => little(4, (view) => view.setUint32(0, masked(data), true));
  return bytes(length, crc(length), event, crc(event));
}

const version = record(bytes(9, double(1.7e9), text(3, 'brain.Event:2')));
const event = (time: number, step: number, value: Uint8Array) =>
  record(bytes(9, double(time), 16, varint(step), message(5, message(1, value))));
const simple = (time: number, step: number, tag: string, value: number) =>
  event(time, step, bytes(text(1, tag), 21, float(value)));
/** As TensorFlow 2 writes scalars: a tensor of type 1 with its content, the plugin beside it. */
const tensor = (time: number, step: number, tag: string, value: number) =>
  event(
    time,
    step,
    bytes(
      text(1, tag),
      message(8, bytes(8, 1, message(2, new Uint8Array()), message(4, float(value)))),
      message(9, message(1, text(1, 'scalars'))),
    ),
  );
const floatVal = (time: number, step: number, tag: string, value: number) =>
  event(time, step, bytes(text(1, tag), message(8, bytes(8, 1, message(5, float(value))))));
const picture = event(1.7e9, 1, bytes(text(1, 'image'), message(4, bytes(1, 2, 3))));

const file = (path: string, ...records: Uint8Array[]): LogFile => ({ path, content: bytes(version, ...records) });
const read = (...files: LogFile[]) => {
  const { runs, notes } = readLogs(files);
  return logOf(runs, notes);
};

it('knows the checksum of the standard', () => {
  expect(masked(new TextEncoder().encode('123456789'))).toBe(
    Number((((0xe3069283n >> 15n) | (0xe3069283n << 17n)) + 0xa282ead8n) & 0xffffffffn),
  );
});

describe('an event file', () => {
  const name = 'logs/version_3/events.out.tfevents.1';

  it('of PyTorch Lightning: simple values, an epoch beside each', () => {
    const log = read(
      file(
        name,
        ...[0, 1, 2].flatMap((e) => [
          simple(1.7e9 + e, 100 * e + 49, 'train_loss', 0.9 - 0.1 * e),
          simple(1.7e9 + e, 100 * e + 49, 'epoch', e),
          simple(1.7e9 + e + 0.5, 100 * e + 99, 'val_loss', [0.95, 0.47, 0.9][e]!),
          simple(1.7e9 + e + 0.5, 100 * e + 99, 'epoch', e),
        ]),
        picture,
      ),
    );
    expect(valuesOf(log)).toEqual({
      version_3: { 'train/loss': [0.9, 0.8, 0.7], 'validation/loss': [0.95, 0.47, 0.9] },
    });
    expect(log.runs[0]!.curves[1]!.clock).toEqual({
      epoch: [0, 1, 2],
      step: [99, 199, 299],
      time: [1700000000.5, 1700000001.5, 1700000002.5],
    });
  });

  it('of Keras: tensors, a folder for each split', () => {
    const log = read(
      file(
        'logs/a/train/events.out.tfevents.1',
        tensor(1.7e9, 0, 'epoch_loss', 0.9),
        tensor(1.7e9 + 10, 1, 'epoch_loss', 0.7),
      ),
      file(
        'logs/a/validation/events.out.tfevents.2',
        floatVal(1.7e9 + 5, 0, 'epoch_loss', 1),
        floatVal(1.7e9 + 15, 1, 'epoch_loss', 0.8),
      ),
      file(
        'logs/b/train/events.out.tfevents.1',
        tensor(1.7e9, 0, 'epoch_loss', 0.5),
        tensor(1.7e9 + 10, 1, 'epoch_loss', 0.4),
      ),
      file(
        'logs/b/validation/events.out.tfevents.2',
        floatVal(1.7e9 + 5, 0, 'epoch_loss', 0.6),
        floatVal(1.7e9 + 15, 1, 'epoch_loss', 0.7),
      ),
    );
    expect(valuesOf(log)).toEqual({
      a: { 'train/loss': [0.9, 0.7], 'validation/loss': [1, 0.8] },
      b: { 'train/loss': [0.5, 0.4], 'validation/loss': [0.6, 0.7] },
    });
  });

  it('that was cut off is read as far as it goes; a changed byte is refused', () => {
    const whole = bytes(
      version,
      simple(1.7e9, 0, 'val_loss', 0.9),
      simple(1.7e9, 1, 'val_loss', 0.8),
      simple(1.7e9, 2, 'val_loss', 0.7),
    );
    const log = read({ path: name, content: whole.slice(0, -9) });
    expect(valuesOf(log)).toEqual({ version_3: { 'validation/loss': [0.9, 0.8] } });
    expect(log.notes.join(' ')).toContain('ends within record 4');
    for (const at of [version.length + 20, whole.length - 1, version.length + 9]) {
      const damaged = whole.slice();
      damaged[at]! ^= 1;
      expect(() => read({ path: name, content: damaged })).toThrow(/record \d: byte \d+ is damaged/);
    }
  });

  it('without scalars, and a binary file that is none, are refused', () => {
    expect(() => read(file(name, picture))).toThrow('columns: none hold numbers');
    expect(() => read({ path: 'model.bin', content: new Uint8Array(100) })).toThrow(
      'model.bin: a binary file is read only if',
    );
  });
});
