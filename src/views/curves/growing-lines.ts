/** @file Draws the replicas' thin lines on a canvas of their own; when only epochs were added, only those are drawn. */
import type { Frame } from '../chart/frame.ts';
import { clipped } from '../chart/pen.ts';
import { trace } from '../chart/trace.ts';

/** px. Lines of at most one device pixel are drawn far faster, so finer screens get finer but stronger lines. */
const WIDTH = 0.8;

interface Lines {
  frame: Frame;
  /** `[R, E]`, as on the tape. */
  values: Float32Array;
  /** `[R]`: last epoch to draw of each. */
  until: Int32Array;
  colour: string;
  alpha: number;
}

type Draw = (context: CanvasRenderingContext2D, lines: Lines | null, fresh: boolean, background: () => void) => void;

/**
 * A drawing that remembers how far it came. It begins anew, with `background` under the lines, when the canvas is fresh, when
 * a line would have to become shorter, or when anything but `until` has changed. Lines are stroked one by one, so that
 * many of them are denser than one.
 */
export function growingLines(): Draw {
  let basis: readonly unknown[] = [];
  let reached = new Int32Array(0);

  return (context, lines, fresh, background) => {
    const now = lines ? [lines.frame, lines.values, lines.colour, lines.alpha] : [null];
    const same = !fresh && now.length === basis.length && now.every((part, i) => part === basis[i]);
    if (!lines || !same || reached.some((epoch, r) => epoch > lines.until[r]!)) {
      context.clearRect(0, 0, context.canvas.width, context.canvas.height);
      background();
      reached = new Int32Array(lines?.until.length ?? 0);
      basis = now;
    }
    if (!lines) return;
    const { frame, values, until, colour, alpha } = lines;
    const stride = frame.epochs.xs.length;
    clipped(context, frame, () => {
      context.strokeStyle = colour;
      const width = Math.min(WIDTH, 1 / context.getTransform().a);
      context.globalAlpha = Math.min(1, (alpha * WIDTH) / width);
      context.lineWidth = width;
      until.forEach((epoch, r) => {
        if (epoch <= reached[r]!) return;
        context.beginPath();
        trace(context, frame, values, r * stride, reached[r]!, epoch);
        context.stroke();
      });
    });
    reached.set(until);
  };
}
