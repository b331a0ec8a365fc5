/** @file Whatever the bytes of a file, they are a sheet of whole rows or refused with a CsvError. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CsvError, readCsv, tableFrom } from './csv.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

it('any bytes are a sheet of whole rows, or refused with a CsvError', () => {
  const piece = fc.constantFrom(
    'a',
    'b c',
    '1',
    '-2.5',
    '1e308',
    '1e999',
    'NaN',
    '"',
    ',',
    ';',
    '\t',
    '\n',
    '\r\n',
    '\ufeff',
    '\0',
  );
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => utf8(pieces.join('')));
  const rows = fc
    .array(fc.tuple(fc.constantFrom('', '1', '2', 'a', '1e39', '"x"'), fc.constantFrom('', '0', '1', 'b')), {
      minLength: 12,
      maxLength: 30,
    })
    .map((cells) => utf8(`x,y\n${cells.map((row) => row.join(',')).join('\n')}`));
  fc.assert(
    fc.property(
      fc.oneof(text, rows, fc.uint8Array()),
      fc.constantFrom('regression', 'binary', 'multiclass'),
      (bytes, task) => {
        try {
          const sheet = readCsv(bytes, 'file.csv');
          for (const { numbers } of sheet.cells) expect(numbers).toHaveLength(sheet.rows);
          const { table, dropped } = tableFrom(sheet, { target: sheet.columns.at(-1)!.name, task });
          expect(table.rows + dropped).toBe(sheet.rows);
          expect(table.features.every(Number.isFinite) && table.targets.every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(CsvError);
          expect((error as CsvError).message.length).toBeLessThan(600);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
