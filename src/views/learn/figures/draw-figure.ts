/**
 * @file Draws what a lesson's figure shows onto its canvas: grid, areas, lines, dots, bars, cells. Words lie on top.
 * Long: one kind of figure after the other.
 */
import type { FigureColour, FigureLine } from '../../../lessons/course/figure.ts';
import type { FigurePart } from '../../../words/messages/effects.ts';
import { crisp } from '../../chart/frame.ts';
import type { Palette } from '../../chart/palette.ts';
import { TONES } from './colours.ts';
import type { Geometry, PlottedFigure, Sizes } from './geometry.ts';

export interface Shown {
  sizes: Sizes;
  /** The part that words bring out; all else fades. */
  part: FigurePart | null;
}

const FADED = 0.16;
/** px: far points are slow to stroke. */
const FAR = 4000;

type Pen = CanvasRenderingContext2D;

export function drawFigure(pen: Pen, colours: Palette, figure: PlottedFigure, at: Geometry, shown: Shown): void {
  grid(pen, colours, figure, at);
  pen.save();
  pen.beginPath();
  pen.rect(at.left, at.top, at.right - at.left, at.bottom - at.top + 1);
  pen.clip();
  switch (figure.kind) {
    case 'lines':
      cover(pen, colours, at, figure.coveredFrom);
      levels(pen, colours, figure.levels, at, shown);
      lines(pen, colours, figure.lines, at, shown, figure.coveredFrom);
      for (const dot of figure.dots) disc(pen, colours, at.x.px(dot.x), at.y.px(dot.y), dot.colour, dot.hollow, shown);
      break;
    case 'areas':
      cover(pen, colours, at, figure.coveredFrom);
      areas(pen, colours, figure.areas, at, shown, figure.coveredFrom);
      break;
    case 'fit':
      fit(pen, colours, figure, at, shown);
      break;
    case 'dots':
      piles(pen, colours, figure, at, shown);
      break;
    case 'bars':
      bars(pen, colours, figure, at, shown);
      levels(pen, colours, figure.levels, at, shown);
      break;
    case 'map':
      cells(pen, colours, figure, at);
      break;
    default:
      figure satisfies never;
  }
  pen.restore();
}

/** How strongly something of a colour is drawn while a part is brought out. */
const strength = (part: FigurePart | null, names: readonly string[]): number =>
  part === null || part === 'all' || names.includes(part) ? 1 : FADED;

function grid(pen: Pen, colours: Palette, figure: PlottedFigure, { x, y, left, right, bottom }: Geometry): void {
  pen.lineWidth = 1;
  if (figure.kind !== 'dots' && figure.kind !== 'map') {
    for (const { value } of y.ticks) rule(pen, left, right, y.px(value), value === 0 ? colours.rule2 : colours.rule);
  }
  rule(pen, left, right, bottom, colours.rule2);
  if (x.axis.unit === 'categories') return;
  pen.beginPath();
  for (const { value } of x.ticks) {
    pen.moveTo(crisp(x.px(value)), bottom);
    pen.lineTo(crisp(x.px(value)), bottom + 4);
  }
  pen.strokeStyle = colours.rule2;
  pen.stroke();
}

function rule(pen: Pen, left: number, right: number, y: number, colour: string): void {
  pen.beginPath();
  pen.moveTo(left, crisp(y));
  pen.lineTo(right, crisp(y));
  pen.strokeStyle = colour;
  pen.stroke();
}

/** What is not known yet: washed, behind a dotted line. */
function cover(pen: Pen, colours: Palette, { x, y, left, right, top, bottom }: Geometry, from: number | null): void {
  if (from === null) return;
  const edge = Math.max(left, x.px(Math.max(from, x.axis.from)));
  pen.fillStyle = colours.wash;
  pen.fillRect(edge, top, right - edge, bottom - top);
  pen.lineWidth = 1;
  pen.globalAlpha = 0.5;
  for (const { value } of y.ticks) rule(pen, edge, right, y.px(value), colours.rule2);
  pen.globalAlpha = 1;
  pen.strokeStyle = colours.edge;
  pen.setLineDash([2, 3]);
  pen.beginPath();
  pen.moveTo(crisp(edge), top);
  pen.lineTo(crisp(edge), bottom);
  pen.stroke();
  pen.setLineDash([]);
}

/** Points that are shown: those left of what is covered. */
export function lengthOf({ x, y }: Pick<FigureLine, 'x' | 'y'>, covered: number | null): number {
  const n = Math.min(x.length, y.length);
  if (covered === null) return n;
  let shown = 0;
  while (shown < n && x[shown]! <= covered) shown += 1;
  return shown;
}

function path(pen: Pen, xs: ArrayLike<number>, ys: (i: number) => number, n: number, at: Geometry): void {
  let begun = false;
  for (let i = 0; i < n; i++) {
    const value = ys(i);
    if (!Number.isFinite(value) || (at.y.axis.log && value <= 0)) {
      begun = false;
      continue;
    }
    const py = Math.min(at.bottom + FAR, Math.max(at.top - FAR, at.y.px(value)));
    if (begun) pen.lineTo(at.x.px(xs[i]!), py);
    else pen.moveTo(at.x.px(xs[i]!), py);
    begun = true;
  }
}

function lines(
  pen: Pen,
  colours: Palette,
  all: readonly FigureLine[],
  at: Geometry,
  { sizes, part }: Shown,
  covered: number | null,
): void {
  const thin = all.filter((line) => line.thin);
  const thick = all.filter((line) => !line.thin);
  for (const line of thin) {
    pen.globalAlpha = (part === 'thin' ? 1.4 : 1) * colours['line-live'] * strength(part, ['thin', line.id]);
    pen.beginPath();
    path(pen, line.x, (i) => line.y[i]!, lengthOf(line, covered), at);
    pen.strokeStyle = colours[TONES[line.colour].line];
    pen.lineWidth = 0.8 * sizes.unit;
    pen.stroke();
  }
  for (const line of thick) {
    const { line: token, dash } = TONES[line.colour];
    const width = 2.25 * sizes.unit;
    pen.globalAlpha = strength(part, [line.colour, line.id]);
    pen.beginPath();
    path(pen, line.x, (i) => line.y[i]!, lengthOf(line, covered), at);
    pen.strokeStyle = colours.paper;
    pen.lineWidth = width + 2.5;
    pen.stroke();
    pen.setLineDash(line.dashed ? [5, 4] : [...dash]);
    pen.strokeStyle = colours[token];
    pen.lineWidth = width;
    pen.stroke();
    pen.setLineDash([]);
  }
  pen.globalAlpha = 1;
}

function levels(
  pen: Pen,
  colours: Palette,
  all: readonly { colour: FigureColour; y: number }[],
  { y, left, right }: Geometry,
  { sizes, part }: Shown,
): void {
  for (const level of all) {
    pen.globalAlpha = strength(part, [level.colour]);
    pen.setLineDash([1.5, 3]);
    pen.lineWidth = (part === level.colour ? 2 : 1.25) * sizes.unit;
    pen.strokeStyle = colours[TONES[level.colour].line];
    pen.beginPath();
    pen.moveTo(left, crisp(y.px(level.y)));
    pen.lineTo(right, crisp(y.px(level.y)));
    pen.stroke();
    pen.setLineDash([]);
  }
  pen.globalAlpha = 1;
}

function areas(
  pen: Pen,
  colours: Palette,
  all: readonly FigureLine[],
  at: Geometry,
  { sizes, part }: Shown,
  covered: number | null,
): void {
  const first = all[0];
  if (!first) return;
  const n = lengthOf(first, covered);
  let low: (i: number) => number = () => at.y.axis.from;
  for (const area of all) {
    const below = low;
    const top = area === first ? (i: number) => area.y[i]! : (i: number) => below(i) + area.y[i]!;
    pen.globalAlpha =
      strength(part, [area.colour, area.id]) *
      (area.colour === 'noise' ? 0.34 : area.colour === 'variance' ? 0.88 : 0.95);
    pen.beginPath();
    for (let i = 0; i < n; i++) pen.lineTo(at.x.px(area.x[i]!), clampPx(at, top(i)));
    for (let i = n - 1; i >= 0; i--) pen.lineTo(at.x.px(area.x[i]!), clampPx(at, below(i)));
    pen.closePath();
    pen.fillStyle = colours[TONES[area.colour].area];
    pen.fill();
    pen.globalAlpha = 1;
    pen.beginPath();
    path(pen, area.x, top, n, at);
    pen.strokeStyle = colours.paper;
    pen.lineWidth = 1;
    pen.stroke();
    low = top;
  }
  const total = low;
  const width = 2.25 * sizes.unit;
  pen.globalAlpha = strength(part, ['test']);
  pen.beginPath();
  path(pen, first.x, total, n, at);
  pen.strokeStyle = colours.paper;
  pen.lineWidth = width + 2.5;
  pen.stroke();
  pen.strokeStyle = colours.test;
  pen.lineWidth = width;
  pen.stroke();
  pen.globalAlpha = 0.1;
  for (const { value } of at.y.ticks) if (value !== 0) rule(pen, at.left, at.right, at.y.px(value), colours.ink);
  pen.globalAlpha = 1;
}

const clampPx = (at: Geometry, value: number) =>
  Number.isFinite(value) ? Math.min(at.bottom + FAR, Math.max(at.top - FAR, at.y.px(value))) : at.bottom;

function disc(
  pen: Pen,
  colours: Palette,
  x: number,
  y: number,
  colour: FigureColour,
  hollow: boolean | undefined,
  { sizes, part }: Shown,
  radius = 4.5,
): void {
  pen.globalAlpha = strength(part, [colour, 'points']);
  pen.beginPath();
  pen.arc(x, y, (part === 'points' ? radius + 1.5 : radius) * sizes.unit, 0, 2 * Math.PI);
  pen.fillStyle = hollow ? colours.paper : colours[TONES[colour].line];
  pen.fill();
  pen.strokeStyle = hollow ? colours[TONES[colour].line] : colours.paper;
  pen.lineWidth = 1.5;
  pen.stroke();
  pen.globalAlpha = 1;
}

function fit(
  pen: Pen,
  colours: Palette,
  { truth, fits, points }: Extract<PlottedFigure, { kind: 'fit' }>,
  at: Geometry,
  shown: Shown,
): void {
  const { part, sizes } = shown;
  if (truth) {
    pen.globalAlpha = strength(part, ['truth']);
    pen.setLineDash([6, 4]);
    pen.lineWidth = (part === 'truth' ? 3 : 1.75) * sizes.unit;
    pen.strokeStyle = colours.ink;
    pen.beginPath();
    path(pen, truth.x, (i) => truth.y[i]!, truth.x.length, at);
    pen.stroke();
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  }
  lines(pen, colours, fits, at, shown, null);
  for (let i = 0; i < points.x.length; i++)
    disc(pen, colours, at.x.px(points.x[i]!), at.y.px(points.y[i]!), 'train', false, shown);
}

/** One dot for each network, piled up where they meet. */
function piles(
  pen: Pen,
  colours: Palette,
  { strips }: Extract<PlottedFigure, { kind: 'dots' }>,
  at: Geometry,
  { sizes, part }: Shown,
): void {
  const height = (at.bottom - at.top) / Math.max(1, strips.length);
  const step = 7 * sizes.unit;
  strips.forEach(({ values, colour }, s) => {
    const floor = at.top + (s + 1) * height;
    const counts = new Map<number, number>();
    const columns = Array.from(values, (value) => (Number.isFinite(value) ? Math.round(at.x.px(value) / step) : NaN));
    for (const column of columns) if (!Number.isNaN(column)) counts.set(column, (counts.get(column) ?? 0) + 1);
    const rise = Math.min(step, (height - 30) / Math.max(1, ...counts.values()));
    const placed = new Map<number, number>();
    pen.globalAlpha = strength(part, [colour, 'points']);
    pen.fillStyle = colours[TONES[colour].line];
    for (const column of columns) {
      if (Number.isNaN(column)) continue;
      const level = placed.get(column) ?? 0;
      placed.set(column, level + 1);
      pen.beginPath();
      pen.arc(column * step, floor - 5 * sizes.unit - level * rise, 2.9 * sizes.unit, 0, 2 * Math.PI);
      pen.fill();
    }
    pen.globalAlpha = 1;
    if (s < strips.length - 1) rule(pen, at.left, at.right, floor, colours.rule2);
  });
}

/** px from left to right of a bar of a group. */
export function barPlace(at: Geometry, group: number, bar: number, count: number): { left: number; width: number } {
  const room = Math.abs(at.x.px(2) - at.x.px(1)) * 0.7;
  const width = Math.min(72, room / count - 6);
  const centre = at.x.px(group + 1) + (bar - (count - 1) / 2) * (width + 6);
  return { left: centre - width / 2, width };
}

function bars(
  pen: Pen,
  colours: Palette,
  { groups }: Extract<PlottedFigure, { kind: 'bars' }>,
  at: Geometry,
  { sizes, part }: Shown,
): void {
  const zero = at.y.px(Math.max(at.y.axis.from, Math.min(at.y.axis.to, at.y.axis.log ? at.y.axis.from : 0)));
  groups.forEach((group, g) =>
    group.bars.forEach(({ value, se, colour }, b) => {
      if (!Number.isFinite(value)) return;
      const { left, width } = barPlace(at, g, b, group.bars.length);
      const y = clampPx(at, value);
      pen.globalAlpha = strength(part, [colour]) * (colour === 'ink' ? 0.72 : 0.9);
      pen.fillStyle = colours[TONES[colour].area];
      pen.fillRect(left, Math.min(y, zero), width, Math.max(1, Math.abs(zero - y)));
      pen.globalAlpha = 1;
      if (se === null) return;
      const middle = crisp(left + width / 2);
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 1.25 * sizes.unit;
      pen.beginPath();
      pen.moveTo(middle, clampPx(at, value - se));
      pen.lineTo(middle, clampPx(at, value + se));
      pen.stroke();
    }),
  );
}

/** Colour runs from the least value to the largest; the good end is that of the paper. */
function cells(pen: Pen, colours: Palette, figure: Extract<PlottedFigure, { kind: 'map' }>, at: Geometry): void {
  const { xs, ys, values } = figure;
  const finite = values.filter(Number.isFinite);
  pen.fillStyle = colours.wash;
  pen.fillRect(at.left, at.top, at.right - at.left, at.bottom - at.top);
  if (finite.length === 0) return;
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const ramp = [colours.h0, colours.h1, colours.h2, colours.h3, colours.h4];
  const edgesX = edges(xs, at.x.px, at.left, at.right);
  const edgesY = edges(ys, at.y.px, at.bottom, at.top);
  ys.forEach((_, j) =>
    xs.forEach((_, i) => {
      const value = values[j * xs.length + i]!;
      if (!Number.isFinite(value)) return;
      const t = high > low ? ((value - low) / (high - low)) * 4 : 0;
      const k = Math.min(3, Math.floor(t));
      const [x0, x1, y0, y1] = [edgesX[i]!, edgesX[i + 1]!, edgesY[j]!, edgesY[j + 1]!];
      pen.fillStyle = `color-mix(in oklab, ${ramp[k + 1]!} ${((t - k) * 100).toFixed(0)}%, ${ramp[k]!})`;
      // A hair of overlap, or seams show at fractional pixel ratios.
      pen.fillRect(x0, Math.min(y0, y1), x1 - x0 + 0.6, Math.abs(y1 - y0) + 0.6);
    }),
  );
}

/** px of the borders of cells, half way between their centres. */
function edges(values: readonly number[], px: (value: number) => number, from: number, to: number): number[] {
  const centres = values.map(px);
  return [from, ...centres.slice(1).map((centre, i) => (centre + centres[i]!) / 2), to];
}
