/** @file Draws the fits of one-dimensional regression: each replica's, their mean, its gap to the truth and the spread. */
import type { Palette } from '../chart/palette.ts';
import { predictionOf, predictionsOf, type Picture } from './picture.ts';
import type { Plane } from './plane.ts';

export interface Fits {
  /** `[D]`, ascending, with the truth there. */
  x: Float64Array;
  truth: Float64Array;
  /** The truth on a finer grid. */
  curve: readonly (readonly [number, number])[];
  /** The highlighted replica's training points. */
  points: { x: Float64Array; y: Float64Array };
  replica: number;
  picture: Picture | null;
}

/** Beyond this many px off the plot a line is as good as gone; far coordinates are slow to stroke. */
const FAR = 4000;
/** px between two points of a line, about. */
const CLOSEST = 2;

export function drawFits(
  context: CanvasRenderingContext2D,
  box: Plane,
  { x, truth, curve, points, replica, picture }: Fits,
  tone: Palette,
): void {
  // Test points closer together than the screen shows are left out of the lines.
  const stride = Math.max(1, Math.floor((CLOSEST * x.length) / (box.right - box.left)));
  const last = x.length - 1;
  const shown = Array.from({ length: Math.ceil(last / stride) + 1 }, (_, k) => Math.min(last, k * stride));
  const px = Float64Array.from(x, (value) => box.x(value));
  // The scale is linear; said plainly it costs a third.
  const zero = box.y(0);
  const one = box.y(1) - zero;
  const height = (value: number) => Math.min(box.bottom + FAR, Math.max(box.top - FAR, zero + one * value));
  const forth = (value: (i: number) => number) => {
    for (const i of shown) context.lineTo(px[i]!, height(value(i)));
  };
  const back = (value: (i: number) => number) => {
    for (let k = shown.length - 1; k >= 0; k--) context.lineTo(px[shown[k]!]!, height(value(shown[k]!)));
  };
  const line = (value: (i: number) => number, colour: string, width: number, opacity = 1) => {
    context.globalAlpha = opacity;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    forth(value);
    context.stroke();
  };
  const area = (upper: (i: number) => number, lower: (i: number) => number, colour: string, opacity: number) => {
    context.globalAlpha = opacity;
    context.fillStyle = colour;
    context.beginPath();
    forth(upper);
    back(lower);
    context.fill();
  };

  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
  if (picture) {
    const { mean, sd } = picture.decomposition;
    for (const fit of predictionsOf(picture)) line((i) => fit[i]!, tone['var-l'], 0.8, tone.fit);
    if (picture.decomposition.replicas > 1)
      area(
        (i) => mean[i]! + sd[i]!,
        (i) => mean[i]! - sd[i]!,
        tone['var-l'],
        tone.band,
      );
    area(
      (i) => mean[i]!,
      (i) => truth[i]!,
      tone.bias,
      0.9,
    );
    line((i) => mean[i]!, tone.paper, 4, 0.6);
    line((i) => mean[i]!, tone['var-l'], 2.25);
  }
  context.globalAlpha = 1;
  context.setLineDash([5, 3]);
  context.strokeStyle = tone.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [at, value] of curve) context.lineTo(box.x(at), height(value));
  context.stroke();
  context.setLineDash([]);
  const own = picture && predictionOf(picture, replica);
  if (own) line((i) => own[i]!, tone.ink, 1);
  context.restore();

  context.fillStyle = tone.train;
  context.strokeStyle = tone.paper;
  context.lineWidth = 1.25;
  points.x.forEach((value, i) => mark(context, box, box.x(value), box.y(points.y[i]!)));
}

/** A dot, or at the edge of the plot an arrow towards a point that lies beyond it. */
export function mark(context: CanvasRenderingContext2D, box: Plane, x: number, y: number, radius = 3.25): void {
  const beyond = y < box.top ? -1 : y > box.bottom ? 1 : 0;
  context.beginPath();
  if (beyond === 0) {
    context.arc(x, y, radius, 0, 2 * Math.PI);
  } else {
    const edge = beyond < 0 ? box.top : box.bottom;
    context.moveTo(x, edge);
    context.lineTo(x - radius, edge - 1.8 * radius * beyond);
    context.lineTo(x + radius, edge - 1.8 * radius * beyond);
    context.closePath();
  }
  context.fill();
  context.stroke();
}
