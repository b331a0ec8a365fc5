/** @file Draws predicted against true values of a table: the mean with its spread over replicas, and one replica's own. */
import type { Palette } from '../chart/palette.ts';
import { mark } from './draw-fits.ts';
import type { Plane } from './plane.ts';

export interface Scatter {
  /** `[D]` each, raw units. */
  truth: Float64Array;
  mean: Float64Array;
  /** NaN for one replica. */
  sd: Float64Array;
  /** The highlighted replica's; null when it has diverged. */
  own: Float64Array | null;
}

export function drawScatter(
  context: CanvasRenderingContext2D,
  box: Plane,
  scatter: Scatter | null,
  tone: Palette,
): void {
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
  if (scatter) {
    context.strokeStyle = tone['var-l'];
    context.globalAlpha = 0.3;
    context.lineWidth = 1.5;
    context.beginPath();
    scatter.truth.forEach((value, i) => {
      if (Number.isNaN(scatter.sd[i]!)) return;
      context.moveTo(box.x(value), box.y(scatter.mean[i]! - scatter.sd[i]!));
      context.lineTo(box.x(value), box.y(scatter.mean[i]! + scatter.sd[i]!));
    });
    context.stroke();
    context.globalAlpha = 1;
  }
  const [low, high] = box.x.domain;
  context.setLineDash([5, 3]);
  context.strokeStyle = tone.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(box.x(low), box.y(low));
  context.lineTo(box.x(high), box.y(high));
  context.stroke();
  context.restore();
  if (!scatter) return;
  context.fillStyle = tone['var-l'];
  context.strokeStyle = tone.paper;
  context.lineWidth = 0.75;
  scatter.truth.forEach((value, i) => mark(context, box, box.x(value), box.y(scatter.mean[i]!), 2.5));
  context.fillStyle = tone.ink;
  scatter.truth.forEach((value, i) => scatter.own && mark(context, box, box.x(value), box.y(scatter.own[i]!), 1.5));
}
