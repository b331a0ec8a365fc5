/** @file The scanner against Papa Parse, an independent reader and writer of CSV. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { isMissing, numberOf } from './cells.ts';
import { scan } from './scan.ts';

const cell = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.integer().map(String),
  fc.constantFrom(
    '',
    'NA',
    '-',
    '.',
    '-.5',
    '5.',
    '+3',
    '1e3',
    '0x10',
    '12345678901234567890',
    '0.1234567890123456789',
    '1,5',
    ' 7 ',
    'Infinity',
    '"',
    'a"b',
    'a\nb',
    'a\r\nb',
    ';',
    '\t',
  ),
  fc.string(),
);
const grid = fc
  .integer({ min: 2, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

/** A column as strings: numbers and words put together again. */
const shown = (text: string, delimiter: ',' | ';' | '\t', decimal: '.' | ',') => {
  const { columns, rows } = scan(text, { delimiter, decimal, quote: '"' });
  return Array.from({ length: rows }, (_, r) => columns.map(({ numbers, words }) => words[r] ?? numbers[r]!));
};
const expected = (rows: string[][], decimal: '.' | ',') =>
  rows.map((row) =>
    row.map((text) =>
      Number.isNaN(numberOf(text.trim(), decimal)) && !isMissing(text.trim())
        ? text.trim()
        : numberOf(text.trim(), decimal),
    ),
  );

describe('scan', () => {
  it.each([',', ';', '\t'] as const)('reads what Papa Parse writes with %j, whatever is in the cells', (delimiter) => {
    fc.assert(
      fc.property(grid, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), (rows, newline, quotes) => {
        // A cell that begins with blanks and a quote is read as a quoted one by some readers and not by others.
        const text = Papa.unparse(rows, { delimiter, newline, quotes });
        expect(shown(text, delimiter, '.')).toEqual(
          expected(Papa.parse<string[]>(text, { delimiter, newline }).data, '.'),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('reads every number as Number() does, to the last bit', () => {
    const spelled = fc.oneof(
      fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
      fc
        .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.nat({ max: 99999999 }), fc.integer({ min: 1, max: 8 }))
        .map(([a, b, d]) => `${a}.${String(b).padStart(8, '0').slice(0, d)}`),
    );
    fc.assert(
      fc.property(fc.array(spelled, { minLength: 2, maxLength: 20 }), (cells) => {
        expect(shown(cells.join(';'), ';', '.')).toEqual([cells.map(Number)]);
        expect(shown(cells.map((c) => c.replace('.', ',')).join(';'), ';', ',')).toEqual([cells.map(Number)]);
      }),
      { numRuns: 500 },
    );
  });

  it('knows the line each row begins on', () => {
    expect([...scan('a,b\r\n\r\n"x\ny\r\nz",1\r\n2,3', { delimiter: ',', decimal: '.', quote: '"' }).lines]).toEqual([
      1, 3, 6,
    ]);
  });
});
