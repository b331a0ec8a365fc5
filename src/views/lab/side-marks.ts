/**
 * @file The markers of the compared rules: a colour and a shape for each, so that they can be told apart without
 * colour.
 */

export interface Mark {
  colour: string;
  /** An outline about 6 px wide and high in relative commands, from the middle of its foot. */
  shape: string;
}

/** The tones of words, which stand out from the paper in light and dark; that of the validation loss comes last. */
export const MARKS: readonly Mark[] = [
  { colour: 'var(--ink)', shape: 'm-2.6 0v-6l6.2 2.7l-5 2.3v1z' },
  { colour: 'var(--var-t)', shape: 'm-2.8 -3a2.8 2.8 0 1 1 5.6 0a2.8 2.8 0 1 1 -5.6 0z' },
  { colour: 'var(--train-t)', shape: 'm0 -6.2l3.3 5.8h-6.6z' },
  { colour: 'var(--test-t)', shape: 'm-2.5 -.4v-5h5v5z' },
  { colour: 'var(--bias-t)', shape: 'm0 -6.4l3.2 3.3l-3.2 3.3l-3.2 -3.3z' },
  { colour: 'var(--val-t)', shape: 'm-1 0v-2h-2v-2h2v-2h2v2h2v2h-2v2z' },
];

interface Point {
  /** px */
  x: number;
  y: number;
}

/** The outlines of one shape at several feet, for a path that is scaled by `scale`. */
export const outlines = (shape: string, feet: readonly Point[], scale: number): string =>
  feet.map(({ x, y }) => `M${(x / scale).toFixed(2)} ${(y / scale).toFixed(2)}${shape}`).join('');
