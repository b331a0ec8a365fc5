/** @file What the name of one column says, as far as it can be told without the others. */
import { metricIn } from './metrics.ts';
import { splitWord, nameWords, type LogSplit } from './splits.ts';

export interface Named {
  /** Before the split and the metric: the name of a run, or of a namespace. */
  before: string;
  /** Null where no word says it. */
  split: LogSplit | null;
  /** What a number on the split or an index of a data loader says. */
  set: string | null;
  /** Between split and metric: a data set, or a part of the metric's name. */
  between: string;
  /** Empty where the name has none, `known` false where it is not one of the usual ones. */
  metric: string;
  known: boolean;
  /** After the metric: a run, or what is left of its name. */
  after: string;
  /** The name without its run, split and granularity, as it was written: `box_loss` of `val/box_loss`. */
  whole: string;
  /** What a value is of, where the logger says it (`_epoch`, `_step`). */
  per: 'epoch' | 'step' | null;
}

/** W&B sets the run before the metric by ` - `; Neptune and MLflow by a space or a colon are read by their words. */
const RUN = /^(.+?)\s+[-–—|]\s+(\S.*)$/;
/** What loggers put before the names of all metrics. */
const NAMESPACES =
  /^(?:metrics?|logs?|scalars?|epoch|history|monitoring|output|losses|loss|scores?|curves?|eval_metrics)$/i;

/** Reads `val_loss`, `eval/loss`, `run 3 - val_accuracy`, `loss/val`, `valid_0.auc`, `val_loss/dataloader_idx_0`, … */
export function readName(full: string): Named {
  const trimmed = full.trim().replace(/^(val|valid|validation|train|training|test|eval)(?=[A-Z][a-z])/, '$1_');
  const [, runBefore = '', rest = trimmed] = RUN.exec(trimmed) ?? [];
  const loader = /[/_.]dataloader_idx_(\d+)$/.exec(rest);
  const plain = loader ? rest.slice(0, loader.index) : rest;
  const per = /[/_.\s](epoch|step)$/i.exec(plain)?.[1]?.toLowerCase() as 'epoch' | 'step' | undefined;
  const namespaced = per ? plain.slice(0, -per.length - 1) : plain;
  const name = namespaced.replace(/^scores\./, '').replace(/(?:^|(?<=[/.]))epoch_/, '');
  const words = nameWords(name);
  const at = splitAt(words);
  const split = at === -1 ? null : splitWord(words[at]!.text)!;
  const named = split ? aroundSplit(name, words, at) : withoutSplit(name, words);
  const before = [runBefore, named.before].filter((part) => part !== '').join(' ');
  return {
    ...named,
    before,
    split: split?.split ?? namespaceSplit(namespaced),
    set: loader?.[1] ?? split?.set ?? named.set,
    per: per ?? null,
  };
}

/** The word that says the split: the first one of the name if it does, else the last; −1 if there is none. */
function splitAt(words: Words): number {
  const splits = words.map(({ text }) => splitWord(text)?.split);
  const last = splits.findLastIndex((split) => split !== undefined);
  // `train/eval_loss` is of the evaluation, in a folder of the training.
  return splits[0] !== undefined && (splits[0] !== 'train' || splits[last] === 'train') ? 0 : last;
}

type Words = ReturnType<typeof nameWords>;
type Parts = Pick<Named, 'before' | 'set' | 'between' | 'metric' | 'known' | 'after' | 'whole'>;

const textOf = (name: string, words: Words, from: number, to: number): string =>
  from < to ? name.slice(words[from]!.start, words[to - 1]!.end) : '';

function aroundSplit(name: string, words: Words, at: number): Parts {
  // A number right after the split counts data sets.
  const numbered = /^\d+(?:'s)?$/.test(words[at + 1]?.text ?? '');
  const from = at + (numbered ? 2 : 1);
  const set = numbered ? words[at + 1]!.text.replace("'s", '') : null;
  const right = name.slice(words[from]?.start ?? name.length);
  if (right !== '') {
    const found = metricIn(right);
    const rest = nameWords(right);
    if (found)
      return {
        before: withoutNamespace(textOf(name, words, 0, at)),
        set,
        between: textOf(right, rest, 0, found.from),
        metric: textOf(right, rest, found.from, found.to),
        known: true,
        after: textOf(right, rest, found.to, rest.length),
        whole: right,
      };
  }
  const left = textOf(name, words, 0, at);
  const found = metricIn(left);
  // `loss/val`, `loss/val/mnist`: the split stands last.
  if (found) {
    const rest = nameWords(left);
    return {
      before: withoutNamespace(textOf(left, rest, 0, found.from)),
      set: set ?? (right === '' ? null : right),
      between: '',
      metric: left.slice(rest[found.from]!.start),
      known: true,
      after: '',
      whole: left,
    };
  }
  return { before: withoutNamespace(left), set, between: '', metric: right, known: false, after: '', whole: right };
}

function withoutSplit(name: string, words: Words): Parts {
  const found = metricIn(name);
  if (!found) return { before: '', set: null, between: '', metric: name, known: false, after: '', whole: name };
  return {
    before: withoutNamespace(textOf(name, words, 0, found.from)),
    set: null,
    between: '',
    metric: textOf(name, words, found.from, found.to),
    known: true,
    after: textOf(name, words, found.to, words.length),
    whole: name.replace(/^losses\./, ''),
  };
}

/** Ultralytics puts what it measures on the validation data under `metrics/`, spaCy writes `losses` and `scores`. */
function namespaceSplit(name: string): LogSplit | null {
  if (/^(?:metrics\/|scores\.)/.test(name)) return 'validation';
  return /^(?:losses\.|LOSS )/.test(name) ? 'train' : null;
}

const withoutNamespace = (text: string): string => (NAMESPACES.test(text) ? '' : text);
