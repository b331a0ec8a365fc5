/** @file Draws a chart on a canvas: sized to the device's pixels, redrawn when anything that it reads changes. */
import { flushSync } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { devicePixelRatio } from 'svelte/reactivity/window';
import { palette, type Palette } from './palette.ts';

/** Width and height are CSS px; `fresh` says whether the canvas is empty. */
export type Draw = (
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  colours: Palette,
  fresh: boolean,
) => void;

/** What a frame may spend on drawing, ms; what is left over takes the next one, so that a frame is never held up. */
const BUDGET_MS = 6;

/** Canvases that wait for their turn, oldest first. */
const waiting = new Set<() => void>();
let frame: number | null = null;

function queue(redraw: () => void): void {
  waiting.add(redraw);
  frame ??= requestAnimationFrame(drawWaiting);
}

function drawWaiting(): void {
  const start = performance.now();
  frame = null;
  for (const redraw of waiting) {
    if (performance.now() - start > BUDGET_MS) break;
    waiting.delete(redraw);
    redraw();
  }
  if (waiting.size > 0) frame ??= requestAnimationFrame(drawWaiting);
}

/**
 * Draws at once, then at most once per animation frame, whenever the size, the theme or a reactive value that `draw`
 * read has changed. What changes at different times goes on different canvases, one over the other.
 */
export function canvas(draw: Draw): Attachment<HTMLCanvasElement> {
  return keptCanvas((context, width, height, colours) => {
    context.clearRect(0, 0, width, height);
    draw(context, width, height, colours, true);
  });
}

/** As `canvas`, but keeps what was drawn, so that `draw` may add to it; it clears the canvas itself when it has to. */
export function keptCanvas(draw: Draw): Attachment<HTMLCanvasElement> {
  return (element) => {
    const context = element.getContext('2d');
    if (!context) throw new Error('canvas: the browser gives no two-dimensional drawing context; use a current one');
    const measure = () => ({ width: element.clientWidth, height: element.clientHeight });
    let size = $state.raw(measure());
    let turn = $state(0);
    let due = true;
    const redraw = () =>
      flushSync(() => {
        due = true;
        turn += 1;
      });

    const observer = new ResizeObserver(() => {
      const now = measure();
      if (now.width !== size.width || now.height !== size.height) size = now;
    });
    observer.observe(element);

    // The effect either draws, and so learns what the drawing depends on, or waits for the next frame to do so.
    $effect(() => {
      void turn;
      if (due) {
        due = false;
        const fresh = fit(context, size.width, size.height, devicePixelRatio.current ?? 1);
        draw(context, size.width, size.height, palette(), fresh);
      } else {
        queue(redraw);
      }
    });

    return () => {
      observer.disconnect();
      waiting.delete(redraw);
    };
  };
}

/** Sizes the canvas to the device's pixels, which clears it, only when it has to; says whether it did. */
function fit(context: CanvasRenderingContext2D, width: number, height: number, ratio: number): boolean {
  const { canvas: element } = context;
  const w = Math.round(width * ratio);
  const h = Math.round(height * ratio);
  if (element.width === w && element.height === h) return false;
  element.width = w;
  element.height = h;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.lineJoin = 'round';
  return true;
}
