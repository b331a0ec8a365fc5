/** @file Records in the memory that kernels read: one list of named fields places every value, for both sides. */

/** Numbers of four bytes; `vec4f` is four of them, at a multiple of 16 bytes. `u32` also holds pointers and enums. */
export type FieldType = 'u32' | 'f32' | 'vec4f';
export type RecordFields = Readonly<Record<string, FieldType>>;
export type RecordValues<F extends RecordFields> = {
  readonly [Name in keyof F]: F[Name] extends 'vec4f' ? readonly number[] : number;
};

const WORDS: Readonly<Record<FieldType, number>> = { u32: 1, f32: 1, vec4f: 4 };

const upToVector = (words: number) => 4 * Math.ceil(words / 4);

/** Each field with the word of four bytes where it begins, as WGSL places them; `words` is the sum. */
function placed(fields: RecordFields): {
  places: (readonly [name: string, type: FieldType, at: number])[];
  words: number;
} {
  let words = 0;
  const places = Object.entries(fields).map(([name, type]) => {
    const at = type === 'vec4f' ? upToVector(words) : words;
    words = at + WORDS[type];
    return [name, type, at] as const;
  });
  return { places, words };
}

/** Length in words of four bytes. */
export const recordWords = (fields: RecordFields): number => placed(fields).words;

/** Length in words of a record that others may follow in uniform memory: up to a multiple of 16 bytes. */
export const alignedWords = (fields: RecordFields): number => upToVector(recordWords(fields));

/** Writes a record from byte `at` of the memory on. */
export function writeRecord<F extends RecordFields>(
  fields: F,
  values: RecordValues<F>,
  memory: ArrayBuffer,
  at = 0,
): void {
  const { places, words } = placed(fields);
  const integers = new Uint32Array(memory, at, words);
  const floats = new Float32Array(memory, at, words);
  for (const [name, type, place] of places) {
    const value = values[name]!;
    if (typeof value !== 'number') floats.set(value, place);
    else if (type === 'u32') integers[place] = value;
    else floats[place] = value;
  }
}

/** The record as a struct, filled up to a multiple of 16 bytes; `after` are further members, as WGSL. */
export function structWgsl(name: string, fields: RecordFields, after = ''): string {
  const unused = alignedWords(fields) - recordWords(fields);
  const members = Object.entries(fields).map(([field, type]) => `${field}: ${type},`);
  for (let i = 0; i < unused; i++) members.push(`unused${i}: u32,`);
  return `struct ${name} {\n  ${[...members, after].join(' ')}\n}\n`;
}
