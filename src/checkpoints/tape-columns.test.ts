/** @file A tape goes into storage without its empty room and comes back as it was, ready to grow. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curvesOf, Tape, type Block, type TapeShape } from '../engine/record/tape.ts';
import { columnsOf, cutColumns, tapeFromBulk, tapeToBulk } from './tape-columns.ts';
import { sample, SHAPE } from './checkpoint.testing.ts';

const shapes = fc.record({
  replicas: fc.integer({ min: 1, max: 5 }),
  epochs: fc.integer({ min: 1, max: 9 }),
  points: fc.integer({ min: 1, max: 4 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  classification: fc.boolean(),
});

function block(shape: TapeShape, first: number, count: number): Block {
  const { replicas, points, outputs } = shape;
  // 7 makes one of the losses NaN now and then, as a diverged replica does.
  const numbers = (length: number, from: number) =>
    Float32Array.from({ length }, (_, i) => ((from + i) % 7 === 6 ? NaN : from + i));
  const curves = Object.fromEntries(curvesOf(shape).map((name, i) => [name, numbers(count * replicas, first + i)]));
  return {
    first,
    count,
    curves,
    predictions: numbers(count * replicas * points * outputs, first),
    elapsedMs: count,
    measuringMs: 2 * count,
  };
}

test('any tape comes back equal, and goes on growing as if it had never been away', () => {
  fc.assert(
    fc.property(shapes, fc.nat(9), (shape, nat) => {
      const done = Math.min(nat, shape.epochs);
      const tape = new Tape(shape);
      if (done > 0) tape.append(block(shape, 0, done));
      const columns = tapeToBulk(tape);
      for (const name of columnsOf(shape)) expect(columns[name].buffer.byteLength).toBe(columns[name].length * 4);
      const again = tapeFromBulk(shape, columns);
      expect(again).toEqual(tape);
      if (done === shape.epochs) return;
      for (const one of [tape, again]) one.append(block(shape, done, shape.epochs - done));
      expect(again).toEqual(tape);
    }),
  );
});

test('room for more epochs keeps every number at its replica and epoch', () => {
  const { tape } = sample('a');
  const longer = tapeFromBulk({ ...SHAPE, epochs: 25 }, tapeToBulk(tape));
  expect(longer.length).toBe(3);
  for (let r = 0; r < 2; r++) {
    for (let e = 0; e < 3; e++) {
      expect(longer.error[r * 25 + e]).toBe(tape.error[r * 10 + e]);
      expect(longer.prediction(r, e)).toEqual(tape.prediction(r, e));
    }
  }
});

test('a tape of another shape is refused by name', () => {
  const columns = tapeToBulk(sample('a').tape);
  expect(() => tapeFromBulk({ ...SHAPE, points: 4 }, columns)).toThrow('points is 4, recorded with 3');
  expect(() => tapeFromBulk({ ...SHAPE, epochs: 2 }, columns)).toThrow('3 recorded epochs do not fit into 2');
});

test('the first epochs alone are those of a tape that was never longer', () => {
  fc.assert(
    fc.property(shapes, fc.nat(9), (shape, nat) => {
      const kept = Math.min(nat + 1, shape.epochs);
      const [long, short] = [new Tape(shape), new Tape(shape)];
      long.append(block(shape, 0, kept));
      short.append(block(shape, 0, kept));
      if (kept < shape.epochs) long.append(block(shape, kept, shape.epochs - kept));
      const { elapsedMs: _, measuringMs: _m, ...cut } = cutColumns(tapeToBulk(long), kept);
      const { elapsedMs: __, measuringMs: _n, ...whole } = tapeToBulk(short);
      expect(cut).toEqual(whole);
    }),
  );
});
