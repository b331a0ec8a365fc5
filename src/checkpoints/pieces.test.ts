/** @file Records in pieces: none is larger than allowed, and together they are the record again. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sizeOf } from './exact.ts';
import { joinPieces, piecesOf, split } from './pieces.ts';

const arrays = fc.oneof(
  fc.float32Array({ maxLength: 300 }),
  fc.float64Array({ maxLength: 300 }),
  fc.int32Array({ maxLength: 300 }),
  fc.uint16Array({ maxLength: 300 }),
);
const record = fc.record({
  id: fc.string(),
  tape: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), arrays),
  slots: fc.array(arrays, { maxLength: 3 }),
  deep: fc.record({ none: fc.constant(null), at: fc.record({ weights: arrays, step: fc.integer() }) }),
});

it('give the record back, and none is larger than a piece', () => {
  fc.assert(
    fc.property(record, fc.integer({ min: 8, max: 2000 }), (whole, pieceBytes) => {
      const { record: rest, pieces } = split(whole, pieceBytes);
      expect(piecesOf(rest)).toBe(pieces.length);
      expect(joinPieces(rest, pieces)).toEqual(whole);
      for (const piece of pieces) {
        expect(piece.byteLength).toBeLessThanOrEqual(pieceBytes);
        expect(piece.buffer.byteLength).toBe(piece.byteLength);
      }
      if (sizeOf(whole) <= pieceBytes) expect(rest).toBe(whole);
    }),
  );
});

it('leave an array too short whose piece is gone', () => {
  const { record: rest, pieces } = split({ x: Float32Array.of(1, 2, 3, 4, 5) }, 8);
  expect(pieces).toHaveLength(3);
  expect(joinPieces(rest, [pieces[0], undefined, pieces[2]])).toEqual({ x: Float32Array.of(1, 2, 5) });
});
