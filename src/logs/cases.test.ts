/**
 * @file Histories as real jobs write them, and what is right for each.
 *
 * Long: a line or two for each of forty files.
 */
import { describe, expect, it } from 'vitest';
import { LogError } from './log-error.ts';
import { readFixtures, readText, valuesOf } from './read.testing.ts';

const one = (name: string) => Object.values(valuesOf(readFixtures([name])))[0]!;

describe('what a run is read as', () => {
  it.each([
    [
      '30-hf-trainer-state/trainer_state.json',
      { 'validation/loss': [0.52, 0.48, 0.5], 'train/loss': [0.55, 0.41, 0.29] },
    ],
    [
      '31-hf-log-history-with-summary/log_history.json',
      { 'validation/loss': [0.52, 0.48, 0.5], 'train/loss': [0.55, 0.41, 0.29] },
    ],
    [
      '33-hf-several-eval-sets/log_history.json',
      {
        'validation/a/loss': [1.2, 1.1],
        'validation/b/loss': [1.6, 1.7],
        'validation/a/accuracy': [0.5, 0.6],
        'validation/b/accuracy': [0.4, 0.4],
        'train/loss': [1.1, 0.6],
      },
    ],
    ['35-hf-model-card-table/table.csv', { 'validation/loss': [0.18, 0.19, 0.17], 'train/loss': [null, null, 0.12] }],
    [
      '35-hf-model-card-table/table.md',
      {
        'validation/loss': [0.18, 0.19, 0.17],
        'validation/accuracy': [0.95, 0.96, 0.96],
        'train/loss': [null, null, 0.12],
      },
    ],
    [
      '36-lightning-test-row/metrics.csv',
      { 'validation/loss': [0.071, 0.046, 0.044, 0.047], 'train/loss': [0.2, 0.1, 0.05, 0.04], 'test/loss': [0.032] },
    ],
    [
      '38-lightning-several-validations-per-epoch/metrics.csv',
      { 'validation/loss': [2.39, 1.9, 1.95, 1.97], 'train/loss': [2.47, 1.86, 1.5, 1.4] },
    ],
    ['39-step-log-of-one-epoch/metrics.csv', { 'train/loss': [2.37, 2.23, 2.2, 2.1, 2.05] }],
    [
      '42-csvlogger-second-header/log.csv',
      { 'validation/loss': [2.27, 2.11, 2.03, 1.95], 'train/loss': [2.33, 2.18, 2.03, 1.97] },
    ],
    ['43-csvlogger-all-nan-validation/log.csv', { 'train/loss': [0.34, 0.16, 0.12] }],
    [
      '44-csvlogger-validation-freq/log.csv',
      { 'validation/loss': [0.85, 0.8, 0.82, 0.83], 'train/loss': [0.8, 0.6, 0.4, 0.3] },
    ],
    [
      '45-yolo-results/results.csv',
      {
        'train/box_loss': [1.57, 1.45, 1.35],
        'train/cls_loss': [2.42, 1.69, 1.4],
        'validation/mAP50(B)': [0.2, 0.4, 0.38],
        'validation/mAP50-95(B)': [0.1, 0.22, 0.21],
        'validation/box_loss': [1.24, 1.31, 1.28],
        'validation/cls_loss': [3.58, 2.25, 1.76],
      },
    ],
    [
      '47-xgboost-evals-result/evals_result.json',
      {
        'train/logloss': [0.44, 0.32, 0.23, 0.18],
        'train/auc': [0.97, 0.98, 0.99, 0.995],
        'validation/logloss': [0.46, 0.34, 0.3, 0.31],
        'validation/auc': [0.96, 0.97, 0.975, 0.974],
      },
    ],
    [
      '47-xgboost-evals-result/one-metric.json',
      { 'train/logloss': [0.44, 0.32, 0.23, 0.18], 'validation/logloss': [0.46, 0.34, 0.3, 0.31] },
    ],
    ['48-json-lines/metrics.json', { 'train/total_loss': [2.01, 1.55, 1.21] }],
    [
      '52-fastai-and-keras-csv/history.csv',
      { 'validation/loss': [0.46, 0.41], 'train/loss': [0.81, 0.62], 'validation/accuracy': [0.89, 0.88] },
    ],
    [
      '52-fastai-and-keras-csv/log.csv',
      {
        'validation/loss': [0.31, 0.32],
        'train/loss': [0.38, 0.22],
        'validation/accuracy': [0.85, 0.86],
        'train/accuracy': [0.82, 0.9],
      },
    ],
    [
      '52-fastai-and-keras-csv/pandas.csv',
      {
        'validation/loss': [2.95, 2.52],
        'train/loss': [3.25, 3.1],
        'validation/accuracy': [0.16, 0.26],
        'train/accuracy': [0.08, 0.13],
      },
    ],
    ['54-metric-that-grows-alone/auc.csv', { 'validation/auc': [0.61, 0.7, 0.74, 0.73] }],
    ['54-metric-that-grows-alone/score.csv', { 'validation/score': [0.41, 0.6, 0.62] }],
    ['55-bare-line-of-numbers/comma.txt', { 'validation/loss': [0.5, 0.4, 0.45] }],
    ['55-bare-line-of-numbers/paste.txt', { 'validation/loss': [0.5, 0.4, 0.45, 0.43] }],
    ['55-bare-line-of-numbers/space.txt', { 'validation/loss': [0.5, 0.4, 0.45, 0.43] }],
    [
      '56-console-output/keras.txt',
      { 'validation/loss': [0.1117, 0.0801], 'train/loss': [0.204, 0.0845], 'train/accuracy': [0.9391, 0.9736] },
    ],
    ['56-console-output/xgboost.txt', { 'train/auc': [0.681576, 0.71394], 'validation/auc': [0.672914, 0.705898] }],
    [
      'consoles/hugging-face.txt',
      {
        'validation/loss': [0.61, 0.55, 0.56],
        'validation/f1': [0.71, 0.76, 0.75],
        'train/loss': [0.6931, 0.51, 0.41],
      },
    ],
    [
      'consoles/lightgbm.txt',
      { 'train/binary_logloss': [0.6, 0.5, 0.4], 'validation/binary_logloss': [0.65, 0.62, 0.63] },
    ],
    ['consoles/catboost.txt', { 'train/loss': [0.6523, 0.6123, 0.5123], 'validation/loss': [0.6601, 0.6301, 0.6401] }],
    ['consoles/lightning.txt', { 'train/loss': [0.85, 0.66], 'validation/loss': [0.7, 0.65] }],
    [
      'consoles/keras3.txt',
      {
        'train/accuracy': [0.5, 0.7, 0.75],
        'train/loss': [1.2, 0.8, 0.7],
        'validation/accuracy': [0.6, 0.65, 0.66],
        'validation/loss': [1, 0.9, 0.95],
      },
    ],
    [
      'consoles/allennlp.txt',
      {
        'train/accuracy': [0.76, 0.86],
        'validation/accuracy': [0.8, 0.82],
        'train/loss': [0.51, 0.41],
        'validation/loss': [0.49, 0.45],
      },
    ],
    ['consoles/xgboost.txt', { 'train/mlogloss': [1.01, 0.9], 'validation/mlogloss': [1.05, 0.97] }],
    [
      'consoles/fastai.txt',
      {
        'train/loss': [0.812, 0.612],
        'validation/loss': [0.464, 0.414],
        'validation/accuracy': [0.89, 0.9],
        'validation/error_rate': [0.11, 0.1],
      },
    ],
    [
      'consoles/own-loop.txt',
      { 'train/loss': [0.9123, 0.8123], 'validation/loss': [0.95, 0.9], 'validation/acc': [45.3, 51.2] },
    ],
    ['exports/comet.json', { 'train/loss': [0.9, 0.7], 'validation/loss': [0.95, 0.85] }],
    ['exports/neptune.csv', { 'validation/loss': [0.9, 0.8] }],
    [
      'exports/detectron.json',
      { 'train/total_loss': [1.5, 1.1], 'validation/bbox/AP': [10.1, 15.1], 'validation/bbox/AP50': [20.2, 25.2] },
    ],
  ])('%s', (name, curves) => {
    expect(one(name)).toEqual(curves);
  });

  it('runs in columns, in rows of a tidy table, in files', () => {
    expect(valuesOf(readFixtures(['51-wandb-chart/wandb_export.csv']))).toEqual({
      'run-a': { 'validation/loss': [2.5, 1.1, 1] },
      'run-b': { 'validation/loss': [2.4, 1.2] },
    });
    expect(valuesOf(readFixtures(['exports/mlflow.csv']))).toEqual({
      abc: { 'train/loss': [0.9, 0.7], 'validation/loss': [0.95, 0.8] },
      def: { 'train/loss': [0.8, 0.6], 'validation/loss': [0.9, 0.85] },
    });
    expect(valuesOf(readFixtures(['exports/aim.csv']))).toMatchObject({
      aaa: { 'train/loss': [0.9, 0.8] },
      bbb: { 'validation/loss': [0.9, 0.97] },
    });
    expect(
      Object.keys(valuesOf(readFixtures(['52-fastai-and-keras-csv/log.csv', '52-fastai-and-keras-csv/pandas.csv']))),
    ).toEqual(['log', 'pandas']);
  });
});

describe('what is watched and judged by', () => {
  it.each([
    ['36-lightning-test-row/metrics.csv', 'val_loss', 'min', 'val_loss'],
    ['45-yolo-results/results.csv', 'metrics/mAP50-95(B)', 'max', 'metrics/mAP50-95(B)'],
    ['54-metric-that-grows-alone/auc.csv', 'val_auc', 'max', 'val_auc'],
    ['43-csvlogger-all-nan-validation/log.csv', 'loss', 'min', 'loss'],
    ['consoles/spacy.txt', 'validation SCORE', 'max', 'validation SCORE'],
    ['exports/spacy.jsonl', 'score', 'max', 'score'],
  ])('%s: %s, %s; %s', (name, watched, direction, judged) => {
    const log = readFixtures([name]);
    expect([log.watched.name, log.watched.direction, log.judged.name]).toEqual([watched, direction, judged]);
    expect(log.judged.warning).toContain(
      log.watched.split === 'train' ? 'says nothing about new data' : 'on fresh data expect a little worse',
    );
  });

  it('any metric can be watched, per cent is recognised', () => {
    const log = readFixtures(['34-hf-watched-metric-is-not-loss/log_history.json'], { watch: 'wer' });
    expect(log.watched).toMatchObject({ name: 'eval_wer', direction: 'min' });
    expect(log.runs[0]!.curves.find(({ metric }) => metric === 'wer')).toMatchObject({ percent: true });
    expect(log.choices.map(({ name }) => name)).toEqual(['eval_loss', 'eval_wer']);
    expect(() => readFixtures(['33-hf-several-eval-sets/log_history.json'], { watch: 'bleu' })).toThrow(
      'watch: bleu is not in the log; use loss, eval_a_loss',
    );
    expect(
      readFixtures(['33-hf-several-eval-sets/log_history.json'], { watch: 'eval_b_loss', judge: 'eval_a_loss' }),
    ).toMatchObject({
      watched: { set: 'b' },
      judged: { set: 'a', warning: '' },
    });
  });

  it('a direction that the name does not say is asked for', () => {
    const log = readText('epoch,val_zork\n0,1\n1,2');
    expect(log.watched.direction).toBeNull();
    expect(log.notes.join(' ')).toContain('does not say whether less or more is better');
    expect(readText('epoch,val_zork\n0,1\n1,2', { direction: 'max' }).watched.direction).toBe('max');
  });

  it('a test curve judges, training data are watched last', () => {
    expect(readText('val_loss,test_loss\n1,2\n0.5,1').judged).toMatchObject({ split: 'test', warning: '' });
    expect(readText('epoch,train_loss,test_loss\n0,1,2\n1,0.9,1.9').watched.split).toBe('test');
  });
});

describe('what an evaluation was, in words', () => {
  it.each([
    ['44-csvlogger-validation-freq/log.csv', '4 evaluations of the validation loss (val_loss), every 2 epochs.'],
    [
      '39-step-log-of-one-epoch/metrics.csv',
      '5 evaluations of the training loss (loss), within epoch 0, every 50 steps.',
    ],
    [
      '34-hf-watched-metric-is-not-loss/log_history.json',
      '8 evaluations of the validation loss (eval_loss), every epoch, every 1000 steps.',
    ],
    ['38-lightning-several-validations-per-epoch/metrics.csv', 'several in one epoch, every 100 steps.'],
    ['43-csvlogger-all-nan-validation/log.csv', 'val_loss is nan throughout'],
    ['47-xgboost-evals-result/evals_result.json', 'taken for the training data'],
  ])('%s: %s', (name, words) => {
    expect(readFixtures([name]).notes.join('\n')).toContain(words);
  });

  it('clocks stand beside every value', () => {
    const { curves } = readFixtures(['30-hf-trainer-state/trainer_state.json']).runs[0]!;
    expect(curves.map(({ clock }) => clock)).toEqual(Array(2).fill({ epoch: [1, 2, 3], step: [100, 200, 300] }));
    expect(readFixtures(['exports/comet.json']).runs[0]!.curves[1]!.clock).toEqual({
      step: [10, 20],
      time: [1700000000.5, 1700000001.5],
    });
  });
});

describe('refused', () => {
  it('one file an epoch of AllenNLP, unless all are there', () => {
    expect(() => readFixtures(['49-allennlp-metrics/metrics_epoch_0.json'])).toThrow(
      'AllenNLP writes one such file an epoch',
    );
  });

  it.each([
    ['model,accuracy,f1\na,0.9,0.8\nb,0.91,0.82', 'results, not histories'],
    ['seed,val_loss\n1,0.5\n2,0.4', 'results, not histories'],
    ['{"a": {"val_loss": 0.5}, "b": {"val_loss": 0.4}}', 'results, not histories'],
    ['[{"name": "a", "accuracy": 0.9}, {"name": "b", "accuracy": 0.8}]', 'results, not histories'],
    [',', 'is a number'],
    [';;', 'is a number'],
    ['""', 'holds no history'],
    ['['.repeat(5000), '25 brackets deep'],
    ['Dear all, this is a letter.\nIt has no numbers.', 'holds no history that can be read'],
    ['{"epoch": 0, "loss": 1}\n{"epoch": 1, "loss"\n{"epoch": 2, "loss": 1}', 'line 2'],
  ])('%j: %s', (text, words) => {
    expect(() => readText(text)).toThrow(LogError);
    expect(() => readText(text)).toThrow(words);
  });
});
