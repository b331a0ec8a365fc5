/**
 * @file Large records in pieces: a browser refuses one value of more than about 127 MB (Chromium, whatever the disk has),
 * and a run of 256 replicas and 2,000 epochs is larger. A record up to the size of a piece stays whole.
 */
import { sizeOf } from './exact.ts';
import { isTree, type Tree } from '../engine/experiment/tree.ts';

/** Bytes of a piece at most. */
export const PIECE_BYTES = 16 * 2 ** 20;
/** Arrays up to this size stay in the record, of which there are some dozens. */
const SMALL_BYTES = 2 ** 18;

type Numbers = Float32Array | Float64Array | Int32Array | Uint16Array;
const TYPES = { Float32Array, Float64Array, Int32Array, Uint16Array } as const;

/** Stands in the record for an array: so many numbers, in so many pieces from one on. */
interface Reference {
  inPieces: { type: keyof typeof TYPES; length: number; first: number; count: number };
}

export interface CutRecord {
  record: unknown;
  /** Parts of the arrays, each with a buffer of its own. */
  pieces: Numbers[];
}

/** Plain data whose arrays own their buffers, see exact.ts. */
export function split(record: unknown, pieceBytes = PIECE_BYTES): CutRecord {
  if (sizeOf(record) <= pieceBytes) return { record, pieces: [] };
  const pieces: Numbers[] = [];
  const cut = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(cut);
    if (!ArrayBuffer.isView(value)) return isBranch(value) ? mapped(value, cut) : value;
    if (value.byteLength <= Math.min(SMALL_BYTES, pieceBytes)) return value;
    const numbers = value as Numbers;
    const first = pieces.length;
    const step = Math.floor(pieceBytes / numbers.BYTES_PER_ELEMENT);
    for (let at = 0; at < numbers.length; at += step) pieces.push(numbers.slice(at, at + step));
    const type = numbers.constructor.name as keyof typeof TYPES;
    return { inPieces: { type, length: numbers.length, first, count: pieces.length - first } } satisfies Reference;
  };
  return { record: cut(record), pieces };
}

/** The record again; an array whose pieces are not all there comes back too short, which its reader says. */
export function joinPieces(record: unknown, pieces: readonly unknown[]): unknown {
  if (Array.isArray(record)) return record.map((value) => joinPieces(value, pieces));
  if (!isBranch(record)) return record;
  if (!isReference(record)) return mapped(record, (value) => joinPieces(value, pieces));
  const { type, length, first, count } = record.inPieces;
  const parts = pieces.slice(first, first + count).filter((part): part is Numbers => part instanceof TYPES[type]);
  const there = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new TYPES[type](Math.min(length, there));
  let at = 0;
  for (const part of parts) {
    whole.set(part.subarray(0, whole.length - at), at);
    at += part.length;
  }
  return whole;
}

/** How many pieces belong to a stored record. */
export function piecesOf(record: unknown): number {
  if (!isBranch(record) && !Array.isArray(record)) return 0;
  if (isReference(record)) return record.inPieces.first + record.inPieces.count;
  return Object.values(record).reduce((most: number, value) => Math.max(most, piecesOf(value)), 0);
}

const isBranch = (value: unknown): value is Tree => isTree(value) && !ArrayBuffer.isView(value);

const isReference = (value: object): value is Reference =>
  'inPieces' in value && isTree(value.inPieces) && String(value.inPieces.type) in TYPES;

const mapped = (tree: object, change: (value: unknown) => unknown) =>
  Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, change(value)]));
