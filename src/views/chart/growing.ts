/** @file Drawing what grows from left to right without drawing again what stands. */
import type { Frame } from './frame.ts';

interface Growth {
  frame: Frame;
  /** Everything else the drawing depends on, by identity. */
  basis: readonly unknown[];
  /** Epochs to show. */
  epochs: number;
  /** Whether the canvas is empty. */
  fresh: boolean;
}

type Grow = (context: CanvasRenderingContext2D, growth: Growth, draw: (from: number) => void) => void;

/** px left of the new epochs that are drawn again, so that lines join; and further left, so that no cap shows in there. */
const REDRAWN = 4;
const LEAD = 8;

/**
 * Remembers how far it came. `draw(from)` is asked to draw the epochs from `from` on into a canvas that is cleared and
 * clipped there; `from` is 0 when anything but the number of epochs has changed.
 */
export function growing(): Grow {
  let drawn: Growth | null = null;
  return (context, growth, draw) => {
    const same =
      drawn !== null &&
      !growth.fresh &&
      growth.frame === drawn.frame &&
      growth.epochs >= drawn.epochs &&
      growth.basis.length === drawn.basis.length &&
      growth.basis.every((part, i) => part === drawn?.basis[i]);
    const { xs, invert } = growth.frame.epochs;
    const seam = same && drawn && drawn.epochs > 0 ? xs[drawn.epochs - 1]! - REDRAWN : 0;
    const from = Math.max(0, invert(seam - LEAD) - 1);
    drawn = growth;
    const { width, height } = context.canvas;
    const ratio = context.getTransform().a;
    // The clip falls on a pixel's edge, else it would show.
    const left = from === 0 ? 0 : Math.floor(seam * ratio) / ratio;
    context.save();
    context.beginPath();
    context.rect(left, 0, width, height);
    context.clip();
    context.clearRect(left, 0, width, height);
    draw(from);
    context.restore();
  };
}
