/** @file The vertical axis of a chart of errors: from zero, or what lies below it, up to a cut that the data choose and the head names. */
import { fixed } from '../../words/numbers.ts';

export interface ValueScale {
  /** px of a value; above the cut it runs on upwards, to be clipped. */
  y(value: number): number;
  /** Round values up to the cut, with their words. */
  ticks: { value: number; text: string }[];
  max: number;
  top: number;
  bottom: number;
}

/** `count` is about how many steps the axis has; `min` is 0 or below. */
export function valueScale(max: number, top: number, bottom: number, count: number, min = 0): ValueScale {
  const step = roundStep((max - min) / count);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const [first, last] = [Math.ceil(min / step - 1e-9), Math.floor(max / step + 1e-9)];
  const perUnit = (bottom - top) / (max - min);
  return {
    y: (value) => bottom - (value - min) * perUnit,
    ticks: Array.from({ length: last - first + 1 }, (_, i) => {
      const value = (first + i) * step;
      return { value, text: first + i === 0 ? '0' : fixed(value, decimals) };
    }),
    max,
    top,
    bottom,
  };
}

/** The nearest of 1, 2, 5 × 10ᵏ. */
function roundStep(step: number): number {
  const decade = 10 ** Math.floor(Math.log10(step));
  const lead = step / decade;
  return decade * (lead < Math.SQRT2 ? 1 : lead < Math.sqrt(10) ? 2 : lead < Math.sqrt(50) ? 5 : 10);
}

/** The smallest of 1, 1.5, 2, 3, 4, 5, 6, 8 × 10ᵏ that is not below a positive value. */
export function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  const lead = [1, 1.5, 2, 3, 4, 5, 6, 8].find((n) => n * decade >= value * (1 - 1e-9)) ?? 10;
  return Number((lead * decade).toPrecision(2));
}

/** Epochs after which a curve that began steeply shows its true size. */
const SETTLED = 20;
/** Beyond this multiple of its lowest value a curve has blown up, and is not worth the room. */
const BLOWN_UP = 10;

/**
 * Where to cut the axis: `headroom` times the 95th percentile of the mean curves after their first epochs, rounded up;
 * null while there are too few epochs to say. Values that are not finite do not count.
 */
export function wantedCut(curves: readonly ArrayLike<number>[], epochs: number, headroom: number): number | null {
  if (epochs < SETTLED) return null;
  const from = Math.min(SETTLED, Math.floor(epochs / 2));
  const stride = Math.max(1, Math.floor((epochs - from) / 500));
  let high = 0;
  for (const curve of curves) {
    const values: number[] = [];
    for (let e = from; e < epochs; e += stride) if (Number.isFinite(curve[e])) values.push(curve[e]!);
    if (values.length === 0) continue;
    values.sort((a, b) => a - b);
    high = Math.max(high, Math.min(values[Math.floor(0.95 * (values.length - 1))]!, BLOWN_UP * values[0]!));
  }
  return high > 0 ? roundUp(headroom * high) : null;
}

/**
 * A cut that does not jump at every frame. While the curves grow it only moves when it is far from what is wanted; it is
 * exact when they are complete, and begins from `first` for every new basis, such as the data of another run.
 */
export function heldCut(): (basis: object, first: () => number, wanted: number | null, growing: boolean) => number {
  let held: { basis: object; cut: number } | null = null;
  return (basis, first, wanted, growing) => {
    if (held?.basis !== basis) held = { basis, cut: first() };
    const near = wanted === null || (growing && wanted <= 1.4 * held.cut && wanted >= 0.7 * held.cut);
    if (!near) held.cut = wanted;
    return held.cut;
  };
}

/** Decimals for the numbers of a chart, so that a thousandth of its axis shows. */
export function placesFor(max: number): number {
  return Math.max(3, 2 - Math.floor(Math.log10(max)));
}
