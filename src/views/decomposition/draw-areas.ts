/** @file Draws noise, bias² and variance stacked up to the test error, and the test errors of compared runs. */
import type { Curves } from '../../decomposition/curves.ts';
import type { Frame } from '../chart/frame.ts';
import type { Palette } from '../chart/palette.ts';
import { clipped, hairline } from '../chart/pen.ts';
import { trace } from '../chart/trace.ts';

export interface Stack {
  /** `[E]` each; `sampling`: what training sets add to the variance, NaN where that is not known. */
  curves: Pick<Curves, 'error' | 'bias2' | 'variance'> & Partial<Pick<Curves, 'sampling'>>;
  /** Epochs recorded, at least 1. */
  epochs: number;
  /** Mean over the test points. */
  noise: number;
}

/** What compared runs are told apart by besides their names. */
const DASHES = [
  [5, 3],
  [2, 2],
  [8, 3, 2, 3],
] as const;

/** `compared` are the mean test errors of other runs, one an epoch. */
export function drawAreas(
  context: CanvasRenderingContext2D,
  frame: Frame,
  colours: Palette,
  stack: Stack | null,
  compared: readonly Float32Array[],
): void {
  clipped(context, frame, () => {
    if (stack) drawStack(context, frame, colours, stack);
    for (const { value } of frame.values.ticks) {
      // Over the areas, which hide what is under them, but under the lines.
      context.globalAlpha = value === 0 ? 1 : 0.1;
      hairline(context, frame, frame.values.y(value), value === 0 ? colours.rule2 : colours.ink);
    }
    context.globalAlpha = 1;
    if (stack) {
      const { line } = path(frame, stack.curves.error, stack.epochs);
      stroke(context, line, colours.paper, 4);
      stroke(context, line, colours.test, 2);
    }
    compared.forEach((error, i) => {
      const { line } = path(frame, error, Math.min(error.length, frame.epochs.xs.length));
      context.globalAlpha = 0.4;
      stroke(context, line, colours.paper, 2.5);
      context.globalAlpha = 1;
      context.setLineDash(DASHES[i % DASHES.length]!);
      stroke(context, line, colours.test, 1.75);
      context.setLineDash([]);
    });
  });
}

/** From the uppermost layer down, each from its line to the axis and over the one before. */
function drawStack(
  context: CanvasRenderingContext2D,
  frame: Frame,
  colours: Palette,
  { curves, epochs, noise }: Stack,
): void {
  const column = (value: (epoch: number) => number) => Float64Array.from({ length: epochs }, (_, e) => value(e));
  // bias² may be slightly negative: the number says so, an area cannot.
  const upToBias = column((e) => noise + Math.max(0, curves.bias2[e]!));
  const upToNoise = column((e) => (Number.isFinite(curves.error[e]) ? noise : NaN));
  const fill = (area: Path2D, colour: string, alpha: number) => {
    context.globalAlpha = alpha;
    context.fillStyle = colour;
    context.fill(area);
    context.globalAlpha = 1;
  };
  const error = path(frame, curves.error, epochs);
  // One replica alone has no variance: what is above the noise then stays in one piece.
  if (Number.isFinite(curves.bias2[0])) {
    const bias = path(frame, upToBias, epochs);
    fill(error.area, colours.var, 0.88);
    if (curves.sampling && Number.isFinite(curves.sampling[0])) {
      // Seeds on top, in a lighter tone: what they add is between this line and the error.
      fill(error.area, colours.paper, 0.45);
      const sampled = path(
        frame,
        column((e) => upToBias[e]! + Math.max(0, curves.sampling![e]!)),
        epochs,
      );
      fill(sampled.area, colours.var, 0.88);
      stroke(context, sampled.line, colours.paper, 1);
    }
    fill(bias.area, colours.bias, 1);
    stroke(context, bias.line, colours.paper, 1);
  } else {
    fill(error.area, colours.ink, 0.08);
  }
  if (noise > 0) {
    const floor = path(frame, upToNoise, epochs);
    fill(floor.area, colours.paper, 1);
    fill(floor.area, colours.noise, 0.34);
    stroke(context, floor.line, colours.paper, 1);
  }
}

function stroke(context: CanvasRenderingContext2D, line: Path2D, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(line);
}

/** The first epochs of a curve as a line, and as the area between it and the axis. */
function path(frame: Frame, values: ArrayLike<number>, epochs: number): { line: Path2D; area: Path2D } {
  const line = new Path2D();
  const end = trace(line, frame, values, 0, 0, epochs - 1);
  const area = new Path2D(line);
  if (end >= 0) {
    area.lineTo(frame.epochs.xs[end]!, frame.bottom);
    area.lineTo(frame.epochs.xs[0]!, frame.bottom);
    area.closePath();
  }
  return { line, area };
}
