/** @file The plot's box within a lesson's figure and its scales, from the room that there is. */
import type { Figure, FigureAxis, FigureFlag } from '../../../lessons/course/figure.ts';
import { axisScale, type AxisScale } from './axis-scale.ts';

/** How large type and lines are: on a screen, on the phone, on a projector. */
export interface Sizes {
  phone: boolean;
  axis: number;
  label: number;
  /** Lines are drawn so many times as thick. */
  unit: number;
}

export const SIZES = {
  screen: { phone: false, axis: 12, label: 13, unit: 1 },
  phone: { phone: true, axis: 11, label: 12, unit: 1 },
  projector: { phone: false, axis: 16, label: 18, unit: 1.4 },
} as const satisfies Record<string, Sizes>;

export interface Geometry {
  x: AxisScale;
  y: AxisScale;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** px of the flags' rows above the plot. */
  row: number;
}

/** Figures with two axes. Cards have none. */
export type PlottedFigure = Exclude<Figure, { kind: 'cards' }>;

const NO_AXIS: FigureAxis = {
  ...{ label: { in: 'learn', key: 'read.sum', parameters: {} }, from: 0, to: 1, log: false, unit: 'value' },
};

const categories = (count: number): FigureAxis => ({ ...NO_AXIS, from: 1, to: Math.max(1, count), unit: 'categories' });

export const xAxisOf = (figure: PlottedFigure): FigureAxis =>
  figure.kind === 'bars' ? categories(figure.groups.length) : figure.x;
export const yAxisOf = (figure: PlottedFigure): FigureAxis => (figure.kind === 'dots' ? NO_AXIS : figure.y);

interface Room {
  width: number;
  height: number;
  sizes: Sizes;
  /** Rows of flags above the plot. */
  rows: number;
  /** Whether the horizontal axis is written under the plot, or shared with the figure below. */
  footed: boolean;
  /** A second scale, or a name, above. */
  above: boolean;
  /** Characters of the longest label at the end of a line. */
  longest: number;
}

/** px of a character, as a share of the type's size. */
const CHARACTER = 0.56;
/** Labels take at most this share of the width. */
const MOST_GUTTER = 0.24;

export function geometryOf(
  figure: PlottedFigure,
  { width, height, sizes, rows, footed, above, longest }: Room,
): Geometry {
  const big = sizes.unit > 1;
  const left = sizes.phone ? 44 : big ? 104 : 64;
  const labels = Math.min(MOST_GUTTER * width, 24 + longest * CHARACTER * sizes.label);
  const right = Math.max(left + 40, width - (sizes.phone ? 16 : Math.max(big ? 152 : 108, labels)));
  const row = sizes.phone ? 20 : 22 * sizes.unit;
  const top = 10 + rows * row + (above ? 22 * sizes.unit : 0);
  const bottom = Math.max(top + 20, height - (footed ? (big ? 44 : 30) : 10));
  const x = axisScale(xAxisOf(figure), left, right, sizes.phone ? 62 : 66 * sizes.unit);
  const y = axisScale(yAxisOf(figure), bottom, top, Math.min(72, Math.max(36, (bottom - top) / 5)) * sizes.unit);
  return { x, y, left, right, top, bottom, row };
}

export const flagsOf = (figure: Figure): readonly FigureFlag[] => ('flags' in figure ? figure.flags : []);

/** Whether two figures, one above the other, have the same horizontal axis. */
export function sameAxis(a: Figure | undefined, b: Figure | undefined): boolean {
  if (!a || !b || !('x' in a) || !('x' in b)) return false;
  return a.x.unit === b.x.unit && a.x.from === b.x.from && a.x.to === b.x.to && a.x.log === b.x.log;
}
