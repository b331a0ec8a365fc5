/** @file What words do to the figure that they stand beside: `[patience 5](patience:5)`. */

/** Parts of a figure that can be brought out while the others fade. */
export const FIGURE_PARTS = [
  ...(['train', 'validation', 'test', 'bias2', 'variance', 'noise'] as const),
  ...(['truth', 'points', 'all', 'drawing', 'thin', 'promise'] as const),
] as const;
export type FigurePart = (typeof FIGURE_PARTS)[number];

/** Epochs are counted as trained, replicas and runs from 1. */
export type WordEffect =
  | { does: 'patience' | 'replica' | 'epoch' | 'run'; value: number }
  | { does: 'epochs'; from: number; to: number }
  | { does: 'part'; part: FigurePart };

const NUMBERS = ['patience', 'replica', 'epoch', 'run'] as const;

/** Reads `patience:5`, `replica:19`, `epoch:78`, `run:2`, `epochs:72-89` or the name of a part; throws at anything else. */
export function effectOf(text: string): WordEffect {
  const part = FIGURE_PARTS.find((name) => name === text);
  if (part) return { does: 'part', part };
  const [, does, from, to] = /^(\w+):(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const one = NUMBERS.find((name) => name === does);
  if (one && to === undefined) return { does: one, value: Number(from) };
  if (does === 'epochs' && to !== undefined) return { does, from: Number(from), to: Number(to) };
  throw new Error(`message: "${text}" is no effect of words; use ${NUMBERS.join(':n, ')}:n, epochs:a-b or a part`);
}

/** As it stands in a text: the other way round. */
export function effectKey(effect: WordEffect): string {
  if (effect.does === 'part') return effect.part;
  return effect.does === 'epochs' ? `epochs:${effect.from}-${effect.to}` : `${effect.does}:${effect.value}`;
}
