/** @file Tables as people have them: what is read, what becomes 0 and 1, and what is left out and named. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { guessTask, readCsv, tableFrom } from './csv.ts';

const file = (name: string) => readCsv(readFileSync(new URL(`fixtures/${name}`, import.meta.url)), name.split('/')[1]!);
const text = (content: string) => readCsv(new TextEncoder().encode(content), 'x.csv');
const lines = (n: number, of: (i: number) => string) => Array.from({ length: n }, (_, i) => of(i)).join('\n');

describe('cases', () => {
  it('leaves out the odd column, the row numbers and names of Titanic, and takes the rest', () => {
    const { table, leftOut, coded } = tableFrom(file('60-titanic-original/titanic.csv'), {
      target: 'Survived',
      task: 'binary',
    });
    expect(table.columns).toEqual(['Pclass', 'Sex', 'Age', 'Fare']);
    expect(leftOut.map(({ name }) => name)).toEqual(['PassengerId', 'Name', 'Ticket']);
    expect(leftOut[2]!.why).toMatch(/^has cells that are not numbers \(line 5: "A\/5 2114"/);
    expect(coded).toEqual([{ name: 'Sex', words: ['female', 'male'] }]);
  });

  it('leaves out a column that numbers the rows, unless it is wanted', () => {
    const sheet = file('61-row-numbers-as-inputs/iris-kaggle.csv');
    const choice = { target: 'Species', task: guessTask(sheet.columns.at(-1)!, sheet.rows)! };
    expect(tableFrom(sheet, choice).leftOut).toEqual([
      { name: 'Id', why: 'numbers the rows, which may give the answer away' },
    ]);
    expect(tableFrom(sheet, { ...choice, wanted: { Id: true } }).table.columns[0]).toBe('Id');
  });

  it('reads two words as 0 and 1, no as 0', () => {
    const { table, coded } = tableFrom(file('62-booleans-left-out/zoo.csv'), { target: 'type', task: 'binary' });
    expect(table.columns).toEqual(['hair', 'eggs', 'legs']);
    expect([...table.features.subarray(0, 6)]).toEqual([0, 1, 2, 1, 0, 4]);
    expect(coded.map(({ words }) => words)).toEqual([
      ['FALSE', 'TRUE'],
      ['FALSE', 'TRUE'],
    ]);
    expect(table.classes).toEqual(['bird', 'mammal']);
    const answers = text(`a,b,y\n${lines(12, (i) => `${i % 2 ? 'y' : 'n'},${i % 3 ? 'yes' : 'no'},${i}`)}`);
    const read = tableFrom(answers, { target: 'y', task: 'regression' });
    expect([...read.table.features.subarray(0, 6)]).toEqual([0, 0, 1, 1, 0, 1]);
  });

  it('reads columns separated by spaces', () => {
    const sheet = file('64-columns-by-spaces/housing.data');
    expect([sheet.delimiter, sheet.header, sheet.columns.length]).toEqual([' ', false, 7]);
    expect(sheet.cells[5]!.numbers[1]).toBe(7.575);
    expect(sheet.columns[0]!.counts).toBe(false);
  });

  it('keeps a first row of words that is no header, and takes single quotes for quotes', () => {
    const sheet = file('65-first-row-of-words-eaten/breast-cancer.csv');
    expect([sheet.header, sheet.quote]).toEqual([false, "'"]);
    expect(sheet.cells[0]!.words[0]).toBe('40-49');
    expect(sheet.columns[5]!.examples).toEqual(['recurrence', 'no-recurrence']);
  });

  it('reads on what it read before', () => {
    expect(file('67-loads-well/wine.csv')).toMatchObject({ delimiter: ';', header: true, rows: 24 });
    expect(file('67-loads-well/bom.csv').columns.map(({ name }) => name)).toEqual(['age', 'sex', 'target']);
    expect(file('67-loads-well/adult.csv')).toMatchObject({ header: false });
  });
});

describe('kinds', () => {
  it('reads decimal commas in quotes among commas, and leaves thousands alone', () => {
    expect([...text('a,b\n"1,5",2\n"2,25",3').cells[0]!.numbers]).toEqual([1.5, 2.25]);
    expect(text('a,b\n"1,500",2.5\n"2,250",3.5').decimal).toBe('.');
  });

  it('gives R’s nameless first column a place, and leaves it out where it numbers the rows', () => {
    const sheet = text(`"x" "y"\n${lines(12, (i) => `"${i + 1}" ${i / 4} ${i * i}`)}`);
    expect(sheet.columns.map(({ name }) => name)).toEqual(['column 1', 'x', 'y']);
    const { table, leftOut } = tableFrom(sheet, { target: 'y', task: 'regression' });
    expect([table.columns, leftOut.map(({ name }) => name)]).toEqual([['x'], ['column 1']]);
    const commas = text(`"","x","y"\n${lines(12, (i) => `"${i + 1}",${i / 4},${i * i}`)}`);
    expect(commas.columns[0]).toMatchObject({ name: 'column 1', counts: true });
    expect(text(`"x","y"\n${lines(3, (i) => `"${i + 1}",${i / 4},${i * i}`)}`).columns).toHaveLength(3);
  });

  it('makes columns of 0 and 1 of words that are wanted, and leaves out what is not', () => {
    const sheet = text(`a,colour,y\n${lines(12, (i) => `${i / 3},${['red', 'green', 'blue'][i % 3]},${i}`)}`);
    const choice = { target: 'y', task: 'regression' } as const;
    const { table } = tableFrom(sheet, { ...choice, wanted: { colour: true, a: false } });
    expect(table.columns).toEqual(['colour: blue', 'colour: green', 'colour: red']);
    expect([...table.features.subarray(0, 6)]).toEqual([0, 0, 1, 0, 1, 0]);
    expect(tableFrom(sheet, { ...choice, wanted: { colour: true, a: false } }).leftOut).toEqual([
      { name: 'a', why: 'was left out by you' },
    ]);
    expect(() => tableFrom(sheet, { ...choice, wanted: { a: false } })).toThrow('No column is left as input');
  });
});
