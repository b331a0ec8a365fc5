/**
 * @file The visitor's files: what is read, what is guessed, and every bad file with its message. Long: a case for every kind
 * of bad file.
 */
import { describe, expect, it } from 'vitest';
import { checkSize, CsvError, guessTask, MAX_CSV_BYTES, readCsv, summaryOf, tableFrom } from './csv.ts';
import type { CsvSheet } from './sheet.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string | Uint8Array) => readCsv(typeof text === 'string' ? utf8(text) : text, 'file.csv');
const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(CsvError);
    return (error as CsvError).message;
  }
  throw new Error('was not refused');
};
const numbersOf = (sheet: CsvSheet) => sheet.cells.map(({ numbers }) => [...numbers]);
const lines = (n: number, of: (i: number) => string) => Array.from({ length: n }, (_, i) => of(i)).join('\n');
const utf16 = (text: string, little: boolean) => {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  [...`\ufeff${text}`].forEach((c, i) => view.setUint16(2 * i, c.charCodeAt(0), little));
  return bytes;
};

describe('reading', () => {
  it.each([
    ['commas', 'a,b\n1,2.5\n3,-4e2\n'],
    ['a byte order mark', '\ufeffa,b\n1,2.5\n3,-4e2\n'],
    ['carriage returns', 'a,b\r\n1,2.5\r\n3,-4e2'],
    ['old Macintosh line ends', 'a,b\r1,2.5\r3,-4e2'],
    ['semicolons', 'a;b\n1;2.5\n3;-4e2\n'],
    ['semicolons and decimal commas', 'a;b\n1;2,5\n3;-4e2\n'],
    ['tabs and decimal commas', 'a\tb\n1\t2,5\n3\t-4e2\n'],
    ['quotes', '"a","b"\n"1",2.5\n3,"-4e2"\n'],
    ['spaces and blank lines', 'a, b\n\n1, 2.5 \n3,-4e2\n\n\n'],
    ['UTF-16, little end first', utf16('a;b\n1;2,5\n3;-4e2\n', true)],
    ['UTF-16, big end first', utf16('a;b\n1;2,5\n3;-4e2\n', false)],
  ])('understands %s', (_, file) => {
    const sheet = read(file);
    expect(sheet.columns.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(numbersOf(sheet)).toEqual([
      [1, 3],
      [2.5, -400],
    ]);
    expect(sheet.rows).toBe(2);
  });

  it('keeps every row of a long file in its place', () => {
    const sheet = read(`a,b\n${lines(5000, (i) => `${i},w${i}`)}`);
    expect(sheet.rows).toBe(5000);
    expect(sheet.cells[0]!.numbers.every((value, i) => value === i && sheet.cells[1]!.words[i] === `w${i}`)).toBe(true);
    expect(sheet.lines.every((line, i) => line === i + 2)).toBe(true);
  });

  it('says how it read a file', () => {
    expect(read('a;b\n1;2,5\n')).toMatchObject({ delimiter: ';', decimal: ',', encoding: 'UTF-8', header: true });
    expect(read('a,b\n1,2.5\n')).toMatchObject({ delimiter: ',', decimal: '.' });
    expect(read(utf16('a,b\n1,2\n', true)).encoding).toBe('UTF-16');
    const latin = read(Uint8Array.from([...'Größe;b\n1;2\n'], (c) => c.charCodeAt(0)));
    expect(latin).toMatchObject({ encoding: 'Windows-1252', columns: [{ name: 'Größe' }, { name: 'b' }] });
  });

  it.each([
    ['a,b\n1,2', ['a', 'b'], 1],
    ['1,2\n3,4', ['column 1', 'column 2'], 2],
    ['x,y\nred,dog\nblue,cat', ['x', 'y'], 2],
    ['red,red\nblue,red', ['column 1', 'column 2'], 2],
    ['a,,a\n1,2,3', ['a', 'column 2', 'a (2)'], 1],
  ])('finds out whether %j begins with names', (text, names, rows) => {
    const sheet = read(text);
    expect(sheet.columns.map(({ name }) => name)).toEqual(names);
    expect(sheet.rows).toBe(rows);
  });

  it('shows the beginning of long cells', () => {
    expect(read(`a,b\n${'x'.repeat(30_000)},1`).columns[0]!.examples).toEqual([`${'x'.repeat(40)}…`]);
  });

  it('describes its columns', () => {
    const text = `n,whole,word,same,none,mixed\n${lines(6, (i) => `${i / 4},${i % 3},w${i % 2},7,,${i === 4 ? 'oops' : i === 5 ? 'NA' : i}`)}\n`;
    expect(read(text).columns).toMatchObject([
      { name: 'n', kind: 'number', missing: 0, words: 0, distinct: 6, whole: false, examples: ['0', '0.25', '0.5'] },
      { name: 'whole', kind: 'number', distinct: 3, whole: true },
      { name: 'word', kind: 'text', words: 6, distinct: 2, examples: ['w0', 'w1'] },
      { name: 'same', kind: 'constant', distinct: 1 },
      { name: 'none', kind: 'empty', missing: 6, distinct: 0, examples: [] },
      { name: 'mixed', kind: 'number', missing: 1, words: 1 },
    ]);
  });

  it('leaves the cells out of its summary', () => {
    expect(Object.keys(summaryOf(read('a,b\n1,2'))).sort()).toEqual([
      'columns',
      'decimal',
      'delimiter',
      'encoding',
      'header',
      'name',
      'quote',
      'rows',
    ]);
  });
});

describe('guessing the task', () => {
  const guess = (cells: string[]) =>
    guessTask(read(`y,x\n${cells.map((cell, i) => `${cell},${i}`).join('\n')}`).columns[0]!, cells.length);
  it.each([
    [['1.5', '2', '3.25', '9'], 'regression'],
    [lines(40, String).split('\n'), 'regression'],
    [['0', '1', '1', '0'], 'binary'],
    [['0.5', '1.5', '1.5'], 'binary'],
    [['yes', 'no', 'yes'], 'binary'],
    [lines(15, (i) => String(i % 3)).split('\n'), 'multiclass'],
    [['a', 'b', 'c', 'a', 'b', 'c'], 'multiclass'],
    // Ten rows of numbers are not ten classes, nor are words that never come again.
    [lines(10, String).split('\n'), 'regression'],
    [['1', '2', '3', '1'], 'regression'],
    [['a', 'b', 'c', 'd'], null],
    [lines(25, (i) => `word ${i}`).split('\n'), null],
    [['same', 'same', 'same'], null],
  ])('of %j as %s', (cells, task) => expect(guess(cells)).toBe(task));
});

describe('bad files are refused, with the reason and the remedy', () => {
  it.each([
    ['empty', '', /is empty; choose/],
    ['blank', ' \n\n  \n', /is empty; choose/],
    ['a header alone', 'a,b,c\n', /header but no rows/],
    ['one column', 'a\n1\n2\n3\n', /only one column; .* separated by commas, semicolons, tabs or spaces/],
    ['ragged rows', 'a,b,c\n1,2,3\n4,5\n6,7,8\n', /^Line 3 has 2 cells where the first row has 3/],
    [
      'ragged rows after quoted line ends and blank lines',
      'a,b\n"x\ny",2\n\n4,5,6\n',
      /^Line 5 has 3 cells where the first row has 2/,
    ],
    ['too many columns', ','.repeat(2000), /more than 2000 columns; keep those you need/],
    ['an open quote', 'a,b\n1,2\n"3,4\n', /^Line 3: the quote .* never closed/],
    ['text after a quote', 'a,b\n"1"x,2\n', /^Line 2: text follows a closing quote/],
    ['a workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0), /Excel workbook.*save the sheet as CSV/],
    ['a PDF', utf8('%PDF-1.7'), /is a PDF/],
    ['a picture', Uint8Array.from({ length: 400 }, (_, i) => (i * 37) % 256), /binary file/],
    [
      'UTF-16 without a mark',
      utf16('a,b\n1,2\n', true).slice(2),
      /UTF-16 without a byte order mark; save the file as UTF-8/,
    ],
  ])('%s', (_, file, message) => expect(refusal(() => read(file))).toMatch(message));

  it.each([
    ['as it is', `a,b\n${'x'.repeat(50_000_000)},1`],
    ['in quotes', `a,b\n"${'x'.repeat(50_000_000)}",1`],
    ['of digits', `a,b\n${'1'.repeat(50_000_000)},1`],
  ])('a cell of 50 MB %s, before it is taken out of the text', (_, text) => {
    expect(refusal(() => read(text))).toBe(
      'Line 2 has a cell of 50000000 characters, at most 32767 are read; close its quote, or leave the column out.',
    );
  });

  it('a name that no menu can show', () => {
    expect(refusal(() => read(`${'x'.repeat(201)},b\n1,2`))).toBe(
      'The name of column 1 has 201 characters; shorten it to 200.',
    );
    expect(read(`${'x'.repeat(200)},b\n1,2`).columns[0]!.name).toHaveLength(200);
  });

  it('1 GB, by its size alone', () => {
    expect(refusal(() => checkSize(2 ** 30, 'big.csv'))).toBe(
      '"big.csv" has 1,024 MB, the limit is 64 MB; choose fewer rows or columns.',
    );
    expect(() => checkSize(MAX_CSV_BYTES, 'big.csv')).not.toThrow();
    expect(refusal(() => checkSize(0, 'none.csv'))).toMatch(/is empty/);
  });
});

describe('making a table', () => {
  const text = `a,b,note,same,y\n${lines(20, (i) => `${i},${i / 8},w${i % 3},1,${3 * i - 1}`)}\n`;
  const pets = `a,kind\n${lines(20, (i) => `${i},${i % 2 ? 'cat' : 'dog'}`)}\n`;

  it('takes inputs and target in file order, row-major', () => {
    const { table, dropped, leftOut } = tableFrom(read(text), { target: 'y', task: 'regression' });
    expect(table).toMatchObject({
      name: 'file.csv',
      columns: ['a', 'b'],
      target: 'y',
      task: 'regression',
      classes: null,
      rows: 20,
    });
    expect([...table.features.subarray(0, 6)]).toEqual([0, 0, 1, 0.125, 2, 0.25]);
    expect([...table.targets.subarray(0, 3)]).toEqual([-1, 2, 5]);
    expect(dropped).toBe(0);
    expect(leftOut).toEqual([
      { name: 'note', why: 'holds text, which a network cannot read; write it as numbers to use it' },
      { name: 'same', why: 'is the same in every row' },
    ]);
  });

  it('numbers classes by size or by letter', () => {
    const words = tableFrom(read(pets), { target: 'kind', task: 'binary' }).table;
    expect([words.classes, [...words.targets.subarray(0, 3)]]).toEqual([
      ['cat', 'dog'],
      [1, 0, 1],
    ]);
    const numeric = read(`x,y\n${lines(30, (i) => `${i},${[10, 9, 2][i % 3]}`)}`);
    const { classes, targets } = tableFrom(numeric, { target: 'y', task: 'multiclass' }).table;
    expect([classes, [...targets.subarray(0, 3)]]).toEqual([
      ['2', '9', '10'],
      [2, 1, 0],
    ]);
  });

  it('drops rows with missing cells, counts them, and leaves out columns that are mostly missing', () => {
    const holes = `a,b,c,y\n${lines(30, (i) => `${i === 3 ? '' : i},${i === 5 ? 'NA' : -i},${i < 20 ? '' : i},${i === 7 ? '?' : i * i}`)}`;
    const { table, dropped, leftOut } = tableFrom(read(holes), { target: 'y', task: 'regression' });
    expect([table.rows, dropped]).toEqual([27, 3]);
    expect([...table.targets.subarray(0, 6)]).toEqual([0, 1, 4, 16, 36, 64]);
    expect(leftOut).toEqual([{ name: 'c', why: 'lacks 20 of 30 values' }]);
  });

  const column = (values: (i: number) => unknown, n = 30) =>
    read(`x,y\n${lines(n, (i) => `${i},${String(values(i))}`)}`);
  it.each([
    ['a column that is not there', column((i) => i), 'z', 'regression', /no column "z"/],
    [
      'a constant target',
      column(() => 5),
      'y',
      'regression',
      /"y" is the same in every usable row; there is nothing to learn/,
    ],
    ['a constant label', column(() => 'a'), 'y', 'binary', /"y" is the same/],
    ['text for regression', column((i) => `w${i}`), 'y', 'regression', /"y" holds text, and regression needs numbers/],
    [
      'words among the target’s numbers',
      column((i) => (i === 2 ? 'n.n.' : i)),
      'y',
      'regression',
      /"y" has cells that are not numbers \(line 4: "n\.n\."\)/,
    ],
    [
      'a decimal point among decimal commas',
      read(`x;y\n${lines(30, (i) => `${i},5;${i === 9 ? '1.5' : `${i},25`}`)}`),
      'y',
      'regression',
      /line 11: "1\.5"/,
    ],
    ['three values for a binary task', column((i) => i % 3), 'y', 'binary', /3 different values, a binary task has 2/],
    ['two values for several classes', column((i) => i % 2), 'y', 'multiclass', /choose the binary task/],
    ['more than 20 classes', column((i) => i % 21), 'y', 'multiclass', /21 different values, at most 20/],
    ['too few rows', column((i) => i, 9), 'y', 'regression', /There are 9 complete rows; at least 10/],
    [
      'too few complete rows',
      column((i) => (i < 25 ? '' : i)),
      'y',
      'regression',
      /5 complete rows of 30; the others have missing cells/,
    ],
    ['no inputs', read(`x,y\n${lines(30, (i) => `w${i},${i}`)}`), 'y', 'regression', /No column is left as input/],
    [
      'a class as long as a page',
      column((i) => 'x'.repeat(200 + (i % 3))),
      'y',
      'multiclass',
      /"x{40}…" of more than 200/,
    ],
    ['numbers too large for float32', column((i) => `${i}e39`), 'y', 'regression', /beyond ±3\.4e38/],
  ] as const)('refuses %s', (_, sheet, target, task, message) => {
    const before = structuredClone(sheet);
    expect(refusal(() => tableFrom(sheet, { target, task }))).toMatch(message);
    expect(sheet).toEqual(before);
  });
});
