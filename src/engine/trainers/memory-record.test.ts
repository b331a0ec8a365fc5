/** @file Places of fields, counted by hand from the rules of WGSL. */
import { expect, it } from 'vitest';
import { alignedWords, recordWords, structWgsl, writeRecord } from './memory-record.ts';

const FIELDS = { count: 'u32', share: 'f32', four: 'vec4f', last: 'u32' } as const;

it('places a vector at a multiple of 16 bytes', () => {
  const memory = new ArrayBuffer(44);
  writeRecord(FIELDS, { count: 0xffffffff, share: 0.5, four: [1, 2, 3, 4], last: 7 }, memory, 4);
  const integers = [...new Uint32Array(memory)];
  expect([integers[1], integers[9]]).toEqual([0xffffffff, 7]);
  expect([...new Float32Array(memory)].filter((_, i) => i === 2 || (i > 4 && i < 9))).toEqual([0.5, 1, 2, 3, 4]);
  expect([integers[0], integers[3], integers[4], integers[10]]).toEqual([0, 0, 0, 0]);
  expect([recordWords(FIELDS), alignedWords(FIELDS)]).toEqual([9, 12]);
});

it('writes the struct, filled up to whole vectors', () => {
  const struct = structWgsl('Some', FIELDS, 'more: array<u32, 2>,').replace(/\s+/g, ' ');
  expect(struct).toBe(
    'struct Some { count: u32, share: f32, four: vec4f, last: u32, unused0: u32, unused1: u32, unused2: u32, more: array<u32, 2>, } ',
  );
});
