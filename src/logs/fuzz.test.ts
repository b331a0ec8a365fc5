/** @file Whatever stands in a file, reading ends soon, with runs or with a LogError that says place, content and remedy. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogError } from './log-error.ts';
import { logOf } from './log.ts';
import { readLogs } from './read-logs.ts';

/** A second, and the time of a busy machine. */
const SOON = 3000;

function read(content: string | Uint8Array, path = ''): LogError | null {
  const start = performance.now();
  try {
    const { runs, notes } = readLogs([{ path, content }]);
    const { runs: curves } = logOf(runs, notes);
    expect(curves.length).toBeGreaterThan(0);
    for (const { curves: own } of curves)
      for (const { values, clock } of own) for (const at of Object.values(clock)) expect(at.length).toBe(values.length);
    return null;
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    expect(error.message.length).toBeLessThan(600);
    return error;
  } finally {
    expect(performance.now() - start).toBeLessThan(SOON);
  }
}

describe('what costs much or is nothing', () => {
  it.each([
    [','],
    [';;'],
    ['""'],
    ['"'],
    ['{'],
    ['['],
    ['|'],
    ['|-|'],
    ['a'],
    ['null'],
    ['true'],
    ['{"a": {}}'],
    ['[{}]'],
    ['[[]]'],
    ['[null]'],
    ['epoch'],
    ['epoch,loss'],
    ['epoch,loss\n,'],
    ['nan'],
    ['nan nan nan'],
    ['{"__proto__": [1, 2]}'],
    ['Hello, this is a letter.\nIt has, among words, commas.'],
    ['['.repeat(5000) + ']'.repeat(5000)],
    ['{"a":'.repeat(100_000)],
    ['('.repeat(100_000)],
    ["['".repeat(50_000)],
    ['a,b\n' + 'x'.repeat(5_000_000) + ',1'],
    ['"' + '""'.repeat(1_000_000)],
    [' '.repeat(1_000_000)],
    ['{"loss": ' + '1'.repeat(1_000_000) + '}'],
    ['-'.repeat(100_000)],
    ['|' + ' -|'.repeat(50_000)],
    ['[0] ' + 'a-'.repeat(50_000)],
    ['Epoch 0: ' + '9%'.repeat(50_000)],
    ['E    #  ' + ' x'.repeat(50_000)],
    ['loss: '.repeat(50_000)],
    ['a'.repeat(300_000) + ': 1'],
    ['\n'.repeat(100_000) + '1'],
  ])('%#', (text) => {
    read(text);
  });

  it('a list of ten million numbers is refused before it is parsed', () => {
    const error = read(`[${'1,'.repeat(10_000_000)}1]`)!;
    expect(error.remedy).toContain('thin it out');
  });
});

describe('random texts', () => {
  const word = fc.constantFrom(
    'epoch',
    'step',
    'val_loss',
    'loss',
    'train',
    'run',
    'seed 1',
    'eval_a_loss',
    'value',
    'key',
    'test_acc',
    '',
    'x y',
  );
  const cell = fc.oneof(
    fc.double().map(String),
    fc.integer({ min: 0, max: 5 }).map(String),
    word,
    fc.constantFrom('nan', 'inf', 'No log', '"a""b"', '0,5', '\t', '|'),
  );
  const table = fc
    .tuple(
      fc.constantFrom(',', ';', '\t', ' ', '  ', ' | ', ': ', '='),
      fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 8 }),
    )
    .map(([separator, rows]) => rows.map((row) => row.join(separator)).join('\n'));
  const mark = fc.constantFrom(
    ...'[]{}(),:\'"|-=%#\n\r\t .0123456789eE+nNaif',
    'Epoch ',
    'loss',
    'val_',
    '[0]\t',
    "'s ",
    'E    #  ',
    ' - ',
    'learn: ',
  );
  const options = { numRuns: 1500 };

  it('of the marks of the formats', () => {
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 60 }), (marks) => void read(marks.join(''))),
      options,
    );
  });

  it('of tables', () => {
    fc.assert(
      fc.property(table, (text) => void read(text)),
      options,
    );
  });

  it('of JSON values', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => void read(text)),
      options,
    );
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.double(),
        fc.constant(null),
        word,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(word, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(values, (value) => void read(JSON.stringify(value) ?? '')),
      options,
    );
  });

  it('of bytes, and of event files with a byte changed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void read(bytes, 'a/train/events.out.tfevents.1')),
      options,
    );
  });
});
