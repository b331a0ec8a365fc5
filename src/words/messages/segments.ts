/** @file Takes a text apart at its marks: what is strong, and which words drive the figure. */
import { effectOf, type WordEffect } from './effects.ts';

export interface TextSegment {
  text: string;
  strong: boolean;
  /** Null for words that only say something. */
  effect: WordEffect | null;
}

const WORDS = /\[([^\]]+)\]\(([^)]+)\)/g;

/** `**strong**` and `[words](effect)`; one may stand in the other. Throws at an effect that is none. */
export function textSegments(text: string): TextSegment[] {
  const segments: TextSegment[] = [];
  let strong = false;
  const add = (piece: string, effect: WordEffect | null) => {
    piece.split('**').forEach((part, i) => {
      if (i > 0) strong = !strong;
      if (part !== '') segments.push({ text: part, strong, effect });
    });
  };
  let from = 0;
  for (const match of text.matchAll(WORDS)) {
    add(text.slice(from, match.index), null);
    add(match[1]!, effectOf(match[2]!));
    from = match.index + match[0].length;
  }
  add(text.slice(from), null);
  return segments;
}

/** As a screen reader says it. */
export const plainText = (text: string): string =>
  textSegments(text)
    .map((segment) => segment.text)
    .join('');

/** Words as people count them: what stands between spaces and has a letter or a digit. */
export const wordsOf = (text: string): number =>
  plainText(text)
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
