/** @file Draws a map of the plane: smooth colours, the boundaries of both classes, and training points. */
import type { MapGrid } from '../../session/map-grid.ts';
import type { Palette } from '../chart/palette.ts';
import { levelLines } from '../landscape/level-line.ts';
import { MAP_KINDS, rampOf, type MapKind } from './map-kinds.ts';

/** Where the domain lies on the canvas, in px. */
export interface MapBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The largest box of the domain's shape that fits, at the upper left. */
export function fitBox({ domain }: MapGrid, width: number, height: number): MapBox {
  const [[left, right], [bottom, top]] = domain as readonly [readonly [number, number], readonly [number, number]];
  const scale = Math.max(0, Math.min(width / (right - left), height / (top - bottom)));
  return { left: 0, top: 0, width: scale * (right - left), height: scale * (top - bottom) };
}

/** `values` `[G]`, rows from the bottom up; what is not a number stays the colour of the paper. */
export function drawValues(context: CanvasRenderingContext2D, box: MapBox, { columns, rows }: MapGrid, values: Float64Array, kind: MapKind, tone: Palette): void {
  const colours = rampOf(kind, tone);
  const { share } = MAP_KINDS[kind];
  const pixels = new ImageData(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]!;
      if (Number.isNaN(value)) continue;
      const from = 3 * Math.round(255 * share(value));
      const to = 4 * ((rows - 1 - row) * columns + column);
      for (let c = 0; c < 3; c++) pixels.data[to + c] = colours[from + c]!;
      pixels.data[to + 3] = 255;
    }
  }
  const cells = new OffscreenCanvas(columns, rows);
  cells.getContext('2d')!.putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  context.drawImage(cells, box.left, box.top, box.width, box.height);
}

/** The line along which the probability is one half: where the class changes. */
export function drawBoundary(context: CanvasRenderingContext2D, box: MapBox, { columns, rows }: MapGrid, probability: Float64Array): void {
  context.beginPath();
  for (const line of levelLines(probability, columns, rows, 0.5)) {
    for (const [i, [x, y]] of line.entries()) {
      const px = box.left + (x / columns) * box.width;
      const py = box.top + (1 - y / rows) * box.height;
      if (i === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    }
  }
  context.stroke();
}

/** Tones of the class colours that stand out on their own colour. */
const POINT_COLOURS = ['#0067a1', '#8a6d00'] as const;

/** Class 0 as circles, class 1 as squares. `x` `[n, 2]` raw, `y` `[n]`. */
export function drawPoints(context: CanvasRenderingContext2D, box: MapBox, { domain }: MapGrid, { x, y }: { x: Float64Array; y: Float64Array }): void {
  const [[left, right], [bottom, top]] = domain as readonly [readonly [number, number], readonly [number, number]];
  context.strokeStyle = '#ffffff';
  context.lineWidth = 1;
  y.forEach((label, i) => {
    const px = box.left + ((x[2 * i]! - left) / (right - left)) * box.width;
    const py = box.top + (1 - (x[2 * i + 1]! - bottom) / (top - bottom)) * box.height;
    context.fillStyle = POINT_COLOURS[label === 0 ? 0 : 1];
    context.beginPath();
    if (label === 0) context.arc(px, py, 3, 0, 2 * Math.PI);
    else context.rect(px - 2.75, py - 2.75, 5.5, 5.5);
    context.fill();
    context.stroke();
  });
}
