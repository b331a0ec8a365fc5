/** @file What is typed into the settings, as values; what cannot be read stays text, for the schema to refuse by name. */
import type { Entry } from '../../engine/experiment/settings/kinds.ts';

/** Accepts a decimal comma. */
export function numberIn(text: string): number | string {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  const number = Number(plain);
  return plain === '' || Number.isNaN(number) ? text.trim() : number;
}

export function numberOut(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** `24, 24`, `24-24` or `24 24`; nothing or `none` for no hidden layer. */
export function layersIn(text: string): (number | string)[] {
  const plain = text.trim();
  return plain === '' || plain === 'none' ? [] : plain.split(/[\s,;×x-]+/).map(numberIn);
}

/** `0.2, 0.1`, also apart by spaces or semicolons; nothing or `none` for none. */
export function listIn(text: string): (number | string)[] {
  const plain = text.trim();
  return plain === '' || plain === 'none' ? [] : plain.split(/[\s,;]+/).map(numberIn);
}

export function listOut(values: readonly number[]): string {
  return values.length === 0 ? 'none' : values.map(numberOut).join(', ');
}

/** `none`, `balanced`, or a number for each class. */
export function classWeightsIn(text: string): string | (number | string)[] {
  const word = text.trim().toLowerCase();
  return word === '' ? 'none' : /^[a-z]+$/.test(word) ? word : listIn(word);
}

export function batchIn(text: string): number | string {
  const read = numberIn(text);
  return typeof read === 'string' ? read.toLowerCase() : read;
}

/** Nothing, `none` or `–` for no baseline. */
export function baselineIn(text: string): number | string | null {
  return /^\s*(none|–|-|)\s*$/.test(text) ? null : numberIn(text);
}

/** The value of a setting that is typed, as text. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return listOut(value);
  return typeof value === 'number' ? numberOut(value) : String(value);
}

/** How the text of a setting that is typed is read. */
export function readerOf(entry: Entry): (text: string) => unknown {
  if (entry.kind === 'list') return entry.inLink === '-' ? layersIn : listIn;
  if (entry.kind === 'other') return entry.inLink === '_' ? classWeightsIn : batchIn;
  return numberIn;
}

export function inputmodeOf(entry: Entry): 'numeric' | 'decimal' | 'text' {
  if (entry.kind !== 'number') return 'text';
  return entry.integer ? 'numeric' : 'decimal';
}

/** In px: a list takes more than a number. */
export const widthOf = (entry: Entry): number => ('inLink' in entry ? 96 : 56);

/** Whether a value means that its setting does nothing. */
export function isOff(value: unknown): boolean {
  return value === 0 || value === 'none' || (Array.isArray(value) && value.every((amount) => amount === 0));
}

/** The names of a registry's entries, in its order. */
export function namesOf<N extends string>(registry: Readonly<Record<N, unknown>>): N[] {
  return Object.keys(registry) as N[];
}
