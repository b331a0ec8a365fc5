/** @file Two canvas strokes that every chart needs. */
import { crisp, type Frame } from './frame.ts';

/** Draws inside the plot only; what is changed of the context is put back. */
export function clipped(
  context: CanvasRenderingContext2D,
  { left, right, top, bottom }: Frame,
  draw: () => void,
): void {
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top + 1);
  context.clip();
  draw();
  context.restore();
}

/** A horizontal line across the plot that fills whole pixels. */
export function hairline(
  context: CanvasRenderingContext2D,
  { left, right }: Pick<Frame, 'left' | 'right'>,
  y: number,
  colour: string,
  width = 1,
): void {
  context.beginPath();
  context.moveTo(left, crisp(y));
  context.lineTo(right, crisp(y));
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
