/** @file Every catalogue can be read, and what it says stands nowhere else: no component holds a text of a lesson. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Catalogue, CatalogueText } from './message.ts';
import { textSegments } from './segments.ts';

const CATALOGUES = import.meta.glob<Catalogue>('./en/*.ts', { import: 'default', eager: true });
const formsOf = (text: CatalogueText): string[] =>
  typeof text === 'string' ? [text] : Object.entries(text).flatMap(([form, said]) => (form === 'by' ? [] : [said]));
const TEXTS = Object.entries(CATALOGUES).flatMap(([file, catalogue]) =>
  Object.entries(catalogue).flatMap(([key, text]) => formsOf(text).map((said) => [`${file} ${key}`, said] as const)),
);

it.each(TEXTS)('%s has marks that can be read', (_, text) => {
  // Numbers stand for parameters.
  const said = text.replace(/\{\w+\}/g, '1');
  expect(said).not.toMatch(/[{}]/);
  expect(textSegments(said).every(({ text }) => !/\*|\]\(/.test(text))).toBe(true);
});

it('stands in no component', () => {
  const components = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .map((file) => [file, readFileSync(`src/${file}`, 'utf8').replace(/\s+/g, ' ')] as const);
  expect(components.length).toBeGreaterThan(50);
  // Pieces between parameters and marks, long enough not to be there by chance.
  // The workshop's figures have the names that they have in lessons.
  const pieces = TEXTS.filter(([where]) => !where.includes(' figure.')).flatMap(([where, text]) =>
    text
      .split(/\{\w+\}|\[|\]\([^)]*\)|\*\*/)
      .map((piece) => [where, piece.trim()] as const)
      .filter(([, piece]) => piece.split(' ').length >= 4),
  );
  expect(pieces.length).toBeGreaterThan(10);
  const found = pieces.flatMap(([where, piece]) =>
    components.filter(([, source]) => source.includes(piece)).map(([file]) => `${file} holds ${where}: ${piece}`),
  );
  expect(found).toEqual([]);
});
