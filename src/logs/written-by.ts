/** @file Which library wrote a log, as far as its names and its form tell. */
import type { LogData } from './run-data.ts';

/** Names of the watched column, as only this library gives them; what is more particular comes first. */
const COLUMNS = [
  ['hugging-face', /^eval[_/]/],
  ['lightgbm', /^valid_\d|^(?:training|valid_\d)'s /],
  [
    'xgboost',
    /^(?:validation|eval)[_.]?\d+|^(?:eval|test|validation)[-.](?:rmse|logloss|auc|error|mlogloss|merror|mae)/,
  ],
  ['fastai', /^valid_loss$/],
  ['lightning', /^val(?:id)?\/|_epoch$|dataloader_idx/],
  ['keras', /^val_/],
] as const;

const FORMS = [
  ['keras', /keras/i],
  ['hugging-face', /hugging face/i],
  ['lightgbm', /lightgbm/i],
  ['xgboost', /xgboost/i],
  ['lightning', /lightning/i],
  ['fastai', /fastai/i],
] as const;

export type LogWriter = (typeof COLUMNS)[number][0];

/** Null where nothing tells. */
export function writerOfLog({ watched, notes }: Pick<LogData, 'watched' | 'notes'>): LogWriter | null {
  const form = notes.find((note) => note.startsWith('Read as ')) ?? '';
  const named =
    FORMS.find(([, pattern]) => pattern.test(form)) ?? COLUMNS.find(([, pattern]) => pattern.test(watched.name));
  return named?.[0] ?? null;
}
