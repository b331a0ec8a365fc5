/** @file The colours of a lesson's figures as tokens of the style sheet: marks, areas, words, and dashes for runs. */
import type { FigureColour } from '../../../lessons/course/figure.ts';
import type { FigurePart } from '../../../words/messages/effects.ts';
import type { Palette } from '../../chart/palette.ts';

type Token = { [K in keyof Palette]: Palette[K] extends string ? K : never }[keyof Palette];

interface Tone {
  line: Token;
  area: Token;
  word: string;
  dash: readonly number[];
}

const tone = (line: Tone['line'], word: string, dash: readonly number[] = [], area = line): Tone => ({
  ...{ line, area, word, dash },
});

export const TONES: Readonly<Record<FigureColour, Tone>> = {
  train: tone('train', '--train-t'),
  validation: tone('val-l', '--val-t', [], 'val'),
  test: tone('test', '--test-t'),
  bias2: tone('bias', '--bias-t'),
  variance: tone('var-l', '--var-t', [], 'var'),
  noise: tone('noise', '--noise-t'),
  ink: tone('ink', '--ink'),
  'run-1': tone('var-l', '--var-t', [], 'var'),
  'run-2': tone('val-l', '--val-t', [9, 4], 'val'),
  'run-3': tone('train', '--train-t', [2, 4]),
  'run-4': tone('test', '--test-t', [10, 3, 2, 3]),
};

/** Words of a text that name a part of a figure take its colour. */
export const partWord = (part: FigurePart): string =>
  part in TONES ? `var(${TONES[part as keyof typeof TONES].word})` : 'inherit';
