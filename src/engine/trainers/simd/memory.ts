/** @file Allocates the kernel's memory; nothing is ever freed. */
import { recordWords, writeRecord, type RecordFields, type RecordValues } from '../memory-record.ts';

const PAGE_BYTES = 65536;
/** A vector of four numbers. */
const ALIGNMENT = 16;
/** The kernel stores whole vectors: the last one may reach beyond what was asked for. */
const SLACK = 16;

export class Arena {
  #used: number;

  /** What lies before `free` is the kernel's own. */
  constructor(
    private readonly memory: WebAssembly.Memory,
    free: number,
  ) {
    this.#used = free;
  }

  /** Room for some four-byte numbers, all zero. Throws where there is no more memory. */
  take(numbers: number): number {
    const at = this.#used;
    this.#used = Math.ceil((at + 4 * numbers + SLACK) / ALIGNMENT) * ALIGNMENT;
    const missing = Math.ceil((this.#used - this.memory.buffer.byteLength) / PAGE_BYTES);
    if (missing > 0) this.#grow(missing);
    return at;
  }

  /** A view of numbers; it holds until more room is taken. */
  view(at: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, length);
  }

  putFloats(values: Float32Array): number {
    const at = this.take(values.length);
    this.view(at, values.length).set(values);
    return at;
  }

  /** Writes records of one kind, one behind the other. */
  putRecords<F extends RecordFields>(fields: F, records: readonly RecordValues<F>[]): number {
    const words = recordWords(fields);
    const at = this.take(words * records.length);
    records.forEach((values, i) => writeRecord(fields, values, this.memory.buffer, at + 4 * words * i));
    return at;
  }

  #grow(pages: number): void {
    try {
      this.memory.grow(pages);
    } catch {
      const size = Math.ceil(this.#used / 2 ** 20);
      throw new Error(`there is no memory for ${size} MB of networks and points; use fewer replicas or points`);
    }
  }
}
