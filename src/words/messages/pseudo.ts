/** @file Languages that nobody speaks, for tests: one with long words, one written from right to left. */
import type { Catalogue, CatalogueText } from './message.ts';

/** What must stay as it is: parameters, and effects with the bracket before them. */
const KEPT = /(\{\w+\}|\]\([^)]*\))/;

const overText = (text: string, change: (piece: string) => string): string =>
  text
    .split(KEPT)
    .map((piece, i) => (i % 2 === 1 ? piece : change(piece)))
    .join('');

function over(catalogue: Catalogue, change: (text: string) => string): Catalogue {
  const changed = (text: CatalogueText): CatalogueText =>
    typeof text === 'string'
      ? change(text)
      : (Object.fromEntries(
          Object.entries(text).map(([form, said]) => [form, form === 'by' ? said : change(String(said))]),
        ) as unknown as CatalogueText);
  return Object.fromEntries(Object.entries(catalogue).map(([key, text]) => [key, changed(text)]));
}

/** Every word half as long again, accents on its vowels: finds what is cut off, and texts that nobody translated. */
export const longCatalogue = (catalogue: Catalogue): Catalogue =>
  over(catalogue, (text) => overText(text, (piece) => piece.replace(/\p{L}+/gu, lengthened)));

const ACCENTS: Readonly<Record<string, string>> = { a: 'à', e: 'é', i: 'ï', o: 'ö', u: 'ü' };
const lengthened = (word: string) => {
  const accented = word.replace(/[aeiou]/g, (vowel) => ACCENTS[vowel]!);
  return accented + accented.slice(-Math.ceil(word.length / 2));
};

const [RIGHT_TO_LEFT, POP] = ['\u202e', '\u202c'];

/** Every word read from right to left, by the override of Unicode. */
export const mirroredCatalogue = (catalogue: Catalogue): Catalogue =>
  over(catalogue, (text) => overText(text, (piece) => piece.replace(/\p{L}+/gu, (word) => RIGHT_TO_LEFT + word + POP)));
