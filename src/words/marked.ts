/** @file Sentences with strong parts, marked by `**` on both sides. */

export interface MarkedSegment {
  text: string;
  strong: boolean;
}

/** Splits at `**`: every second piece is strong. */
export function markedSegments(text: string): MarkedSegment[] {
  return text
    .split('**')
    .map((piece, i) => ({ text: piece, strong: i % 2 === 1 }))
    .filter((segment) => segment.text !== '');
}

/** Without the marks. */
export const unmarked = (text: string): string => text.replaceAll('**', '');
