/** @file Draws a grid of numbers as colours, and lines over it; rows count from the bottom up. */
import type { Polyline } from './level-line.ts';

/** In px. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Grid {
  columns: number;
  rows: number;
}

/**
 * One pixel a cell, enlarged by the canvas: no seams.
 *
 * @param share place of a cell (`row · columns + column`) on the ramp, 0 to 1; NaN leaves the paper as it is
 * @param colours `[256 · 3]` bytes
 * @param smooth whether colours run into one another between the middles of the cells
 */
export function drawCells(
  context: CanvasRenderingContext2D,
  box: Box,
  { columns, rows }: Grid,
  share: (cell: number) => number,
  colours: Uint8ClampedArray,
  smooth: boolean,
): void {
  const pixels = new ImageData(columns, rows);
  for (let cell = 0; cell < columns * rows; cell++) {
    const place = share(cell);
    if (Number.isNaN(place)) continue;
    const from = 3 * Math.round(255 * place);
    const to = 4 * ((rows - 1 - Math.floor(cell / columns)) * columns + (cell % columns));
    pixels.data.set(colours.subarray(from, from + 3), to);
    pixels.data[to + 3] = 255;
  }
  const cells = new OffscreenCanvas(columns, rows);
  cells.getContext('2d')!.putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = smooth;
  context.imageSmoothingQuality = 'high';
  context.drawImage(cells, box.left, box.top, box.width, box.height);
}

/** Strokes lines in cells, as `levelLines` gives them. */
export function drawLines(
  context: CanvasRenderingContext2D,
  box: Box,
  { columns, rows }: Grid,
  lines: readonly Polyline[],
): void {
  context.beginPath();
  for (const line of lines) {
    line.forEach(([x, y], i) => {
      const px = box.left + (x / columns) * box.width;
      const py = box.top + (1 - y / rows) * box.height;
      if (i === 0) context.moveTo(px, py);
      else context.lineTo(px, py);
    });
  }
  context.stroke();
}
