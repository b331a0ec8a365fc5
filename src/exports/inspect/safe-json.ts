/** @file JSON from strangers: refused where it is too deep, or names what JavaScript gives a meaning of its own. */
import { FileError } from './file-error.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const MAX_DEPTH = 64;
const MEANT = new Set(['__proto__', 'constructor', 'prototype']);

/** `where` names the text in messages. */
export function safeJson(text: string, where: string): Json {
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch (error) {
    throw new FileError(`${where}: is no JSON (${(error as Error).message})`);
  }
  // Level by level, so that depth costs no stack.
  let level: Json[] = [parsed];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw new FileError(`${where}: is nested deeper than ${MAX_DEPTH} levels`);
    const next: Json[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      for (const key of Array.isArray(value) ? [] : Object.keys(value))
        if (MEANT.has(key)) throw new FileError(`${where}: has the key "${key}", which no file of Patience has`);
      // One at a time: an array may be longer than a call can have arguments.
      for (const inner of Object.values(value)) next.push(inner);
    }
    level = next;
  }
  return parsed;
}

export function objectOf(value: Json | undefined, where: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new FileError(`${where}: must be an object, but is ${said(value)}`);
}

export function listOf(value: Json | undefined, where: string): Json[] {
  if (Array.isArray(value)) return value;
  throw new FileError(`${where}: must be a list, but is ${said(value)}`);
}

export function stringOf(value: Json | undefined, where: string): string {
  if (typeof value === 'string') return value;
  throw new FileError(`${where}: must be a text, but is ${said(value)}`);
}

export function numberListOf(value: Json | undefined, where: string): number[] {
  const list = listOf(value, where);
  const wrong = list.findIndex((x) => typeof x !== 'number');
  if (wrong !== -1) throw new FileError(`${where}[${wrong}]: must be a number, but is ${said(list[wrong])}`);
  return list as number[];
}

function said(value: Json | undefined): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 40);
}
