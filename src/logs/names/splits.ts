/** @file Words that say which data a metric is of. */

export type LogSplit = 'train' | 'validation' | 'test';

const WORDS: readonly [LogSplit, RegExp][] = [
  ['train', /^(?:d?train(?:ing|ed)?|tr|trn|learn|x_train|train_?set|fit)$/],
  ['validation', /^(?:d?val|d?valid(?:ation|ate)?|d?eval(?:uation|uate)?|dev|d?holdout|cv_agg|x_val|val_?set|oof)$/],
  ['test', /^(?:d?test(?:ing)?|tst|x_test|test_?set)$/],
];

/** The split that a single word names, and the number that hangs on it (`valid0`, `test1`); null for any other word. */
export function splitWord(word: string): { split: LogSplit; set: string | null } | null {
  const [, stem, number] = /^(.*?)(\d*)$/.exec(word.toLowerCase())!;
  const found = WORDS.find(([, pattern]) => pattern.test(stem!));
  return found ? { split: found[0], set: number === '' ? null : number! } : null;
}

/** The words of a name, with their places in it. */
export function nameWords(name: string): { text: string; start: number; end: number }[] {
  return [...name.matchAll(/[^\s/._:|,-]+/g)].map(({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }));
}

/** The split that a name has among its words, the last if there are several; null if there is none. */
export function splitOf(name: string): LogSplit | null {
  const words = nameWords(name).map(({ text }) => splitWord(text));
  return words.findLast((word) => word !== null)?.split ?? null;
}
