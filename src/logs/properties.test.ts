/** @file The same history in another shape is the same history. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readText, valuesOf } from './read.testing.ts';

const value = fc.integer({ min: 1, max: 99_999 }).map((v) => v / 10_000);
/** Two to eight evaluations of three metrics. */
const history = fc.array(fc.record({ loss: value, val_loss: value, val_acc: value }), { minLength: 2, maxLength: 8 });
type History = { loss: number; val_loss: number; val_acc: number }[];

const expected = (rows: History) => ({
  'run 1': {
    'train/loss': rows.map(({ loss }) => loss),
    'validation/loss': rows.map(({ val_loss }) => val_loss),
    'validation/acc': rows.map(({ val_acc }) => val_acc),
  },
});
const same = (text: string, rows: History): void => {
  expect(valuesOf(readText(text))).toEqual(expected(rows));
};

const NAMES = ['epoch', 'loss', 'val_loss', 'val_acc'] as const;
const at = (rows: History, name: (typeof NAMES)[number], e: number) => (name === 'epoch' ? e : rows[e]![name]);
const options = { numRuns: 60 };

describe('a table', () => {
  it('with its columns permuted, with other separators and number formats', () => {
    const names = fc.shuffledSubarray([...NAMES], { minLength: 4 });
    const separator = fc.constantFrom(',', ';', '\t', ' | ', '   ');
    const format = fc.constantFrom(
      (v: number) => String(v),
      (v: number) => v.toExponential(),
      (v: number) => v.toFixed(6),
      (v: number) => `+${v}`,
    );
    const shape = fc.record({
      names,
      separator,
      format,
      comma: fc.boolean(),
      crlf: fc.boolean(),
      quotes: fc.boolean(),
    });
    fc.assert(
      fc.property(history, shape, (rows, { names: order, separator: by, format: written, comma, crlf, quotes }) => {
        const cell = (v: number) => {
          const text = comma && by !== ',' ? written(v).replace('.', ',') : written(v);
          return quotes && by.length === 1 ? `"${text}"` : text;
        };
        const lines = [
          order.join(by),
          ...(by === ' | ' ? ['---|---|---|---'] : []),
          ...rows.map((_, e) => order.map((name) => cell(at(rows, name, e))).join(by)),
        ];
        same(lines.join(crlf ? '\r\n' : '\n'), rows);
      }),
      options,
    );
  });

  it('whose rows of one epoch are in another order, each with one metric', () => {
    const orders = fc.array(fc.shuffledSubarray(['loss', 'val_loss', 'val_acc'] as const, { minLength: 3 }), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(history, orders, (rows, each) => {
        const lines = rows.flatMap((_, e) =>
          each[e]!.map((name) => NAMES.map((n) => (n === name || n === 'epoch' ? at(rows, n, e) : '')).join(',')),
        );
        // The order of metrics is that of the columns, not of the rows.
        same([NAMES.join(','), ...lines].join('\n'), rows);
      }),
      options,
    );
  });

  it('as records, lists, lines, and as Python prints it', () => {
    const write = fc.constantFrom<(rows: History) => string>(
      (rows) => JSON.stringify(rows),
      (rows) => JSON.stringify({ settings: { lr: 0.1, layers: [1, 2] }, log_history: rows }),
      (rows) => rows.map((row) => JSON.stringify(row)).join('\n'),
      (rows) => rows.map((row) => JSON.stringify(row).replaceAll('"', "'")).join('\n'),
      (rows) => JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, rows.map((_, e) => at(rows, name, e))]))),
      (rows) =>
        `{${NAMES.slice(1)
          .map((name) => `'${name}': [${rows.map((_, e) => `np.float64(${at(rows, name, e)})`).join(', ')},]`)
          .join(', ')}}`,
      (rows) =>
        JSON.stringify({
          train: { loss: rows.map((r) => r.loss) },
          val: { loss: rows.map((r) => r.val_loss), acc: rows.map((r) => r.val_acc) },
        }),
      (rows) =>
        rows
          .map(
            (r, e) =>
              `Epoch ${e + 1}/9\n10/10 - 1s - loss: ${r.loss} - val_loss: ${r.val_loss} - val_acc: ${r.val_acc}`,
          )
          .join('\n'),
      (rows) =>
        rows.map((r, e) => `[${e}]\ttrain-loss:${r.loss}\teval-loss:${r.val_loss}\teval-acc:${r.val_acc}`).join('\n'),
    );
    fc.assert(
      fc.property(history, write, (rows, text) => same(text(rows), rows)),
      { ...options, numRuns: 200 },
    );
  });
});

it('names of columns say the split in many ways', () => {
  for (const [validation, train] of [
    ['val/loss', 'train/loss'],
    ['loss/val', 'loss/train'],
    ['Loss/validation', 'Loss/train'],
    ['eval.loss', 'train.loss'],
    ['valLoss', 'trainLoss'],
    ['Validation Loss', 'Training Loss'],
    ['dev_loss', 'training_loss'],
    ['valid-loss', 'train-loss'],
    ['loss_valid', 'loss_train'],
    ['val_loss_epoch', 'train_loss_epoch'],
    ['metrics/val_loss', 'metrics/train_loss'],
  ]) {
    expect(valuesOf(readText(`${train},epoch,${validation}\n1,0,2\n3,1,4`)), validation).toEqual({
      'run 1': { 'train/loss': [1, 3], 'validation/loss': [2, 4] },
    });
  }
});
