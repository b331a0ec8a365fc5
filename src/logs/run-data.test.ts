/** @file Metric histories in every format that people paste: what is read, and what is refused. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readLog } from './read-logs.ts';
import { buffersOf, errorOfValue, historyOf, logData, type RunValues } from './run-data.ts';
import { recordsOfLog } from './run-records.ts';

const listOf = (values: RunValues | null) => values && Array.from(historyOf(values));

/** What a page has of a text, as lists. */
function parseCurves(text: string, name = '') {
  const { runs, watched } = logData(readLog(text, name));
  return runs.map((one) => ({
    name: one.name,
    validation: Array.from(historyOf(one.watched)),
    metric: watched.metric,
    direction: watched.direction ?? 'min',
    percent: watched.percent,
    train: listOf(one.train),
    test: listOf(one.judged),
  }));
}

function recordsIn(text: string) {
  const log = logData(readLog(text, 'x'));
  return recordsOfLog(log, log.watched.direction ?? 'min').map(({ epochs, curves, testLoss, error }) => ({
    epochs,
    curves: Object.fromEntries(Object.entries(curves).map(([key, curve]) => [key, Array.from(curve)])),
    testLoss,
    error: Array.from(error!),
  }));
}

const run = (name: string, validation: (number | null)[], more = {}) => ({
  name,
  validation,
  metric: 'loss',
  direction: 'min',
  percent: false,
  train: null,
  test: null,
  ...more,
});

describe('CSV', () => {
  it('of one run, as Keras CSVLogger writes it', () => {
    expect(parseCurves('epoch,accuracy,loss,val_accuracy,val_loss\n0,.5,0.9,.4,1\n1,.6,0.8,.5,nan\n', 'job')).toEqual([
      run('job', [1, NaN], { train: [0.9, 0.8] }),
    ]);
  });

  it('of several runs in columns, a shorter one ending in empty cells', () => {
    expect(parseCurves('step;a;b\r\n1;0,5;1\r\n2;;2\r\n3;0,25;\r\n')).toEqual([
      run('a', [0.5, 0.25]),
      run('b', [1, 2]),
    ]);
  });

  it('of several runs with both metrics, by the name before the metric', () => {
    const text = 'Step,"lr 0.1 - val_loss","lr 0.1 - loss",lr 1/eval_loss,kl_loss\n1,1,2,3,4\n2,5,6,7,8';
    expect(parseCurves(text)).toEqual([run('lr 0.1', [1, 5], { train: [2, 6] }), run('lr 1', [3, 7])]);
    expect(parseCurves('a_loss,b_loss\n1,2\n3,4')).toEqual([run('a', [1, 3]), run('b', [2, 4])]);
  });

  it('of several runs below each other', () => {
    expect(parseCurves('seed,epoch,val_loss\n1,0,5\n2,0,7\n1,1,4\n2,1,6\n2,2,5')).toEqual([
      run('seed 1', [5, 4]),
      run('seed 2', [7, 6, 5]),
    ]);
    expect(parseCurves('run,val_loss\nb,5\na,7\nb,4\n').map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('of Lightning: sparse rows, several for one epoch, the training loss after the validation', () => {
    const text = [
      'epoch,step,train_loss_epoch,train_loss_step,val_loss',
      '0,49,,0.95,',
      '0,99,,,0.7',
      '0,99,0.9,,',
      '1,149,,0.5,',
      '1,199,,,0.6',
      '1,199,0.8,,',
      '2,249,,0.4,',
    ].join('\n');
    expect(parseCurves(text, 'metrics')).toEqual([run('metrics', [0.7, 0.6], { train: [0.9, 0.8] })]);
  });

  it('of TensorBoard', () => {
    expect(
      parseCurves('Wall time,Step,Value\n1700000000.1,0,0.9\n1700000001.2,1,0.8\n1700000009.9,1,0.7', 'val'),
    ).toEqual([run('val', [0.9, 0.8, 0.7])]);
  });

  it('with nothing but numbers, or an accuracy', () => {
    expect(parseCurves('0.9\n0.8\n\n0.7', 'x')).toEqual([run('x', [0.9, 0.8, 0.7])]);
    expect(parseCurves('1,2\n3,4')).toEqual([run('run 1', [1, 3]), run('run 2', [2, 4])]);
    expect(parseCurves('val_acc,loss\n0.5,1', 'x')).toEqual([
      run('x', [0.5], { metric: 'acc', direction: 'max', train: [1] }),
    ]);
    expect(parseCurves('epoch,loss\n1,3\n2,2', 'x')).toEqual([run('x', [3, 2])]);
  });

  it('with a test metric', () => {
    const runs = parseCurves('val_loss,test_loss\n3,4\n2,5', 'x');
    expect(runs).toEqual([run('x', [3, 2], { test: [4, 5] })]);
    expect(recordsIn('val_loss,test_loss\n3,4\n2,5')).toEqual([
      { epochs: 2, curves: { 'validation-loss': [3, 2] }, testLoss: null, error: [4, 5] },
    ]);
  });

  it('splits cells as another parser does', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '1'), maxLength: 5 }).map((s) => `x${s}x`);
    const names = fc.uniqueArray(cell, { minLength: 2, maxLength: 4, selector: (s) => s.trim() });
    fc.assert(
      fc.property(names, fc.array(fc.integer(), { minLength: 2, maxLength: 4 }), (columns, values) => {
        // Papa Parse writes, and quotes what it must; a line break in the header would hide the delimiter from both.
        fc.pre(columns.every((name) => !name.includes('\n')));
        const text = Papa.unparse([columns, ...values.map((value) => columns.map((_, i) => value + i))]);
        expect(parseCurves(text).map(({ name, validation }) => [name, validation])).toEqual(
          columns.map((name, i) => [name, values.map((value) => value + i)]),
        );
      }),
    );
  });
});

describe('JSON', () => {
  it('of arrays', () => {
    expect(parseCurves('[3, null, "NaN", 1]', 'x')).toEqual([run('x', [3, null, NaN, 1])]);
    expect(parseCurves('[[3, 2], [1]]')).toEqual([run('run 1', [3, 2]), run('run 2', [1])]);
    expect(parseCurves('{"a": [3, 2], "b": [1]}')).toEqual([run('a', [3, 2]), run('b', [1])]);
  });

  it('of Keras histories, one or several, as JSON or as Python prints them', () => {
    const history = '{"loss": [3, 2], "val_loss": [4, NaN], "lr": [1, 1]}';
    expect(parseCurves(history, 'x')).toEqual([run('x', [4, NaN], { train: [3, 2] })]);
    expect(parseCurves(`[${history}, ${history}]`).map(({ name }) => name)).toEqual(['run 1', 'run 2']);
    expect(parseCurves(`{"first": ${history}, "it's": ${history}}`).map(({ name }) => name)).toEqual(['first', "it's"]);
    expect(parseCurves("{'loss': [3.0, np.float64(2.5)], 'val_loss': [nan, -inf], 'x': [None]}", 'x')).toEqual([
      run('x', [NaN, -Infinity], { train: [3, 2.5] }),
    ]);
  });

  it('of a log with an object for each entry', () => {
    const log = [
      { epoch: 0.5, loss: 3 },
      { epoch: 1, eval_loss: 4, note: [] },
      { epoch: 1.5, loss: 2 },
      { epoch: 2, loss: 1 },
      { epoch: 2, eval_loss: 5 },
    ].map(({ note: _, ...entry }) => entry);
    expect(parseCurves(JSON.stringify(log), 'x')).toEqual([run('x', [4, 5], { train: [3, 1] })]);
  });

  it('of any histories comes back as it was', () => {
    const value = fc.double().map((v) => (Object.is(v, -0) ? 0 : v));
    const histories = fc.array(fc.array(value, { minLength: 2, maxLength: 8 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(histories, (values) => {
        const text = JSON.stringify(values.map((history) => history.map((v) => (Number.isFinite(v) ? v : String(v)))));
        expect(parseCurves(text).map(({ validation }) => validation)).toEqual(values);
      }),
    );
  });
});

describe('what is wrong', () => {
  it.each([
    ['', 'text: "" is empty; paste at least one value'],
    ['[]', 'run 1: [] must have at least one value'],
    ['{}', 'run 1: {} must have at least one list of values'],
    ['[[1], []]', 'run 2: [] must have at least one value'],
    ['{"a": {"val_loss": []}}', 'a: val_loss: [] must have at least one value'],
    ['{"val_loss": 3}', 'run 1: val_loss: 3 must be a list of numbers'],
    ['[1, "two"]', 'run 1, value 2: "two" must be a number, null, "NaN" or "Infinity"'],
    ['[1, 2', 'line 1: the end comes before the ]; copy the log again to its end'],
    [
      '{"loss": [1, 2, 3, 4, 5], "val_loss": [1, 2]}',
      'run 1: loss: 5 values must be as many as of val_loss (2); fill gaps',
    ],
    ['epoch,val_loss\n', 'rows: 0 must be at least one below epoch, val_loss'],
    ['epoch,val_loss\n1,good', 'val_loss, row 1: good must be a number, NaN, or empty'],
    ['name,colour\na,red', 'columns: name, colour hold no numbers; give a column val_loss'],
    ['a,b\n1,2,3', 'row 1: 1,2,3 must not have more than the 2 cells of the first row'],
    ['a,b\n"1,2', 'text: "1,2 must close each quote'],
  ])('%j is refused', (text, message) => {
    expect(() => parseCurves(text)).toThrow(message);
  });

  it('limits what a page could not draw', () => {
    expect(() => parseCurves(JSON.stringify(Array(1001).fill([1])))).toThrow('runs: 1001 must be at most 1000');
    expect(() => parseCurves(JSON.stringify(Array(100_001).fill(1)))).toThrow('100001 values must be at most 100000');
  });
});

describe('recordsOfLog', () => {
  it('judges by the validation metric where no test metric is known; an accuracy by its complement', () => {
    expect(recordsIn('val_acc,loss\n0.5,1\n0.75,')).toEqual([
      {
        epochs: 2,
        curves: { 'validation-accuracy': [0.5, 0.75], 'training-loss': [1, null] },
        testLoss: null,
        error: [0.5, 0.25],
      },
    ]);
    expect(recordsIn('[1, null]')[0]!.error).toEqual([1]);
    expect(recordsIn('[null, 1]')[0]!.error).toEqual([NaN, 1]);
  });

  it('judges by a metric that improves the other way by its own direction', () => {
    const [record] = recordsIn('epoch,val_loss,test_acc\n1,2,0.5\n2,1,0.75');
    expect(record!.curves['validation-loss']).toEqual([2, 1]);
    expect(record!.error).toEqual([0.5, 0.25]);
  });

  it('takes per cent from 100', () => {
    expect(recordsIn('val_acc\n50\n75')[0]!.error).toEqual([50, 25]);
    expect([errorOfValue(3, 'min', true), errorOfValue(30, 'max', true), errorOfValue(0.25, 'max', false)]).toEqual([
      3, 70, 0.75,
    ]);
  });
});

describe('logData', () => {
  it('watches and judges by what the reader chooses, and names what there is', () => {
    const read = readLog('epoch,loss,val_loss,val_acc\n0,3,2,0.5\n1,2,1,0.75', 'x');
    expect(logData(read).choices.map(({ name }) => name)).toEqual(['loss', 'val_loss', 'val_acc']);
    const log = logData(read, { watch: 'validation/acc', judge: 'validation/loss' });
    expect(log.watched).toMatchObject({ name: 'val_acc', direction: 'max' });
    expect(log.judged).toMatchObject({ name: 'val_loss', warning: '' });
    expect([...log.runs[0]!.judged!.values]).toEqual([2, 1]);
    expect(() => logData(read, { watch: 'wer' })).toThrow('watch: wer is not in the log; use loss, val_loss, val_acc');
  });

  it('takes the direction that the reader says', () => {
    const read = readLog('epoch,val_foo\n1,2\n2,3', 'x');
    expect(logData(read).watched.direction).toBeNull();
    expect(logData(read, { direction: 'max' }).watched.direction).toBe('max');
  });

  it('says gaps apart from values that are no numbers, and hands over every buffer once', () => {
    const log = logData(readLog('epoch,val_loss\n1,2\n2,\n3,nan\n4,1\n', 'x'));
    expect(Array.from(historyOf(log.runs[0]!.watched))).toEqual([2, NaN, 1]);
    const gaps = logData(readLog('[1, null, "NaN", 2]', 'x'));
    expect(Array.from(historyOf(gaps.runs[0]!.watched))).toEqual([1, null, NaN, 2]);
    const buffers = buffersOf(gaps);
    expect(new Set(buffers).size).toBe(buffers.length);
    expect(structuredClone(gaps, { transfer: buffers }).runs[0]!.watched.values.length).toBe(4);
  });
});
