/** @file The error for data that cannot be drawn as asked: it names the field, its value and the remedy. */
import type { Problem } from '../experiment/schema.ts';

export class DataError extends Error implements Problem {
  override readonly name = 'DataError';
  constructor(
    readonly path: string,
    readonly value: unknown,
    readonly remedy: string,
  ) {
    super(`${path}: ${String(value)} ${remedy}`);
  }
}
