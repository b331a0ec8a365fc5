/** @file Draws a map of the plane: where its domain lies, the boundary between the classes, training and test points. */
import type { MapGrid } from '../../session/map-grid.ts';
import { drawLines, type Box } from '../landscape/draw.ts';
import { levelLines } from '../landscape/level-line.ts';

/** The largest box of the domain's shape that fits, at the upper left. */
export function fitBox({ domain }: MapGrid, width: number, height: number): Box {
  const [across, up] = spans(domain);
  const scale = Math.max(0, Math.min(width / across, height / up));
  return { left: 0, top: 0, width: scale * across, height: scale * up };
}

/** The px of raw inputs in the box. */
export function placeOnMap(box: Box, domain: MapGrid['domain']) {
  const [across, up] = spans(domain);
  return (x: number, y: number): [number, number] => [
    box.left + ((x - domain[0]![0]) / across) * box.width,
    box.top + ((domain[1]![1] - y) / up) * box.height,
  ];
}

function spans(domain: MapGrid['domain']): [number, number] {
  const [[left, right], [bottom, top]] = domain as readonly [readonly [number, number], readonly [number, number]];
  return [right - left, top - bottom];
}

/** The line along which the probability is one half: where the class changes. */
export function drawBoundary(
  context: CanvasRenderingContext2D,
  box: Box,
  grid: MapGrid,
  probability: Float64Array,
): void {
  drawLines(context, box, grid, levelLines(probability, grid.columns, grid.rows, 0.5));
}

/** Tones of the class colours that stand out on their own colour. */
export const POINT_COLOURS = ['#0067a1', '#8a6d00'] as const;

/** Class 0 as circles, class 1 as squares. `x` `[n, 2]` raw, `y` `[n]`. */
export function drawPoints(
  context: CanvasRenderingContext2D,
  box: Box,
  { domain }: MapGrid,
  { x, y }: { x: Float64Array; y: Float64Array },
): void {
  const place = placeOnMap(box, domain);
  context.strokeStyle = '#ffffff';
  context.lineWidth = 1;
  y.forEach((label, i) => {
    const [px, py] = place(x[2 * i]!, x[2 * i + 1]!);
    context.fillStyle = POINT_COLOURS[label === 0 ? 0 : 1];
    context.beginPath();
    if (label === 0) context.arc(px, py, 3, 0, 2 * Math.PI);
    else context.rect(px - 2.75, py - 2.75, 5.5, 5.5);
    context.fill();
    context.stroke();
  });
}

/** Where the error is measured, `x` `[n, 2]` raw: dots that stand back behind all else. */
export function drawTestPoints(
  context: CanvasRenderingContext2D,
  box: Box,
  { domain }: MapGrid,
  x: Float64Array,
  colour: string,
): void {
  const place = placeOnMap(box, domain);
  context.fillStyle = colour;
  context.beginPath();
  for (let i = 0; i < x.length; i += 2) {
    const [px, py] = place(x[i]!, x[i + 1]!);
    context.moveTo(px + 1, py);
    context.arc(px, py, 1, 0, 2 * Math.PI);
  }
  context.fill();
}
