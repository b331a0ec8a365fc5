/** @file Draws what of the landscape does not move with the hand: the cells and the level line. */
import type { Landscape } from '../../stopping/landscape.ts';
import { shareOf, type ErrorScale } from './colours.ts';
import type { Polyline } from './level-line.ts';

/** The box of the map in px. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Cells without seams: one pixel each, enlarged by the canvas. */
export function drawCells(context: CanvasRenderingContext2D, box: Box, landscape: Landscape, scale: ErrorScale, colours: Uint8ClampedArray): void {
  const columns = landscape.patiences.length;
  const rows = landscape.minDeltas.length;
  const pixels = new ImageData(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const from = 3 * Math.round(255 * shareOf(landscape.error[row * columns + column]!, scale));
      const to = 4 * ((rows - 1 - row) * columns + column);
      for (let c = 0; c < 3; c++) pixels.data[to + c] = colours[from + c]!;
      pixels.data[to + 3] = 255;
    }
  }
  const cells = new OffscreenCanvas(columns, rows);
  cells.getContext('2d')!.putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(cells, box.left, box.top, box.width, box.height);
}

/** @param lines in cells, as `levelLines` gives them, rows upwards. */
export function drawLines(context: CanvasRenderingContext2D, box: Box, lines: readonly Polyline[], columns: number, rows: number): void {
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
