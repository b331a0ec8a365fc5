/** @file The file that every export returns, and helpers that exports share. */
import type { Experiment } from '../engine/experiment/experiment.ts';

/** A file ready to be downloaded or written. */
export interface ExportFile {
  name: string;
  mime: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export function textFile(name: string, mime: string, text: string): ExportFile {
  return { name, mime, bytes: new TextEncoder().encode(text) };
}

/** The parts of a text one after another: together they may be longer than a string can be. */
export function textBytes(parts: Iterable<string>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const encoded = Array.from(parts, (part) => encoder.encode(part));
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of encoded) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** `patience-sine-…`: the data a file belongs to, safe in every file system. */
export function fileName(experiment: Experiment, rest: string): string {
  const source = experiment.data.own?.name ?? experiment.data.source;
  const safe = source
    .replace(/\.[a-z]+$/i, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `patience-${safe || 'table'}-${rest}`;
}
