/** @file The bytes are those that NumPy itself writes. */
import { expect, test } from 'vitest';
import { npy } from './npy.ts';

// By NumPy 2.4.6: np.save of np.array([[1.5, np.nan, -np.inf], [0.1, 3.4e38, 1e-45]], np.float32), and of [1, 2].
const PAGE =
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAMA/AADAfwAAgP/NzMw9nsl/fwEAAAA=';
const LIST =
  'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAAQA==';
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

test('two dimensions, with every kind of number', () => {
  expect(base64(npy(Float32Array.of(1.5, NaN, -Infinity, 0.1, 3.4e38, 1e-45), [2, 3]))).toBe(PAGE);
});

test('one dimension is a tuple of one', () => {
  expect(base64(npy(Float32Array.of(1, 2), [2]))).toBe(LIST);
});

test('numbers that do not fill the shape are refused', () => {
  expect(() => npy(new Float32Array(5), [2, 3])).toThrow('npy: 5 numbers do not fill the shape 2 × 3, which holds 6');
});
