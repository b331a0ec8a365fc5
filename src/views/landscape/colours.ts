/** @file The colours of the landscape: a scale that spends half of its colours on the better half of the policies, or an even one. */

/** Numbers from `low` (best, also where more is better) to `high`; `share = ((x − low) / (high − low)) ** bend`. */
export interface ErrorScale {
  low: number;
  high: number;
  bend: number;
  /** Whether there are numbers beyond `high`, which all look the same. */
  cut: boolean;
}

/** Share of the policies that the cut leaves below itself. */
const CUT = 0.95;
/** The strongest bend: below it, differences far within the noise of the measurement would look large. */
const STRONGEST = 0.3;

/** Fits the scale so that the median policy gets the middle colour; null if no error is finite. */
export function errorScale(errors: ArrayLike<number>): ErrorScale | null {
  const sorted = Float64Array.from(errors).filter(Number.isFinite).sort();
  if (sorted.length === 0) return null;
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const low = sorted[0]!;
  const high = Math.max(at(CUT), low + 1e-6);
  const middle = (at(0.5) - low) / (high - low);
  const bend = Math.log(0.5) / Math.log(middle);
  return { low, high, bend: Math.min(1, Math.max(STRONGEST, Number.isFinite(bend) ? bend : STRONGEST)), cut: true };
}

/** From the best to the worst in even steps; null if no number is finite. */
export function evenScale(values: ArrayLike<number>, best: 'least' | 'most'): ErrorScale | null {
  const finite = Float64Array.from(values).filter(Number.isFinite).sort();
  if (finite.length === 0) return null;
  const [least, most] = [finite[0]!, Math.max(finite.at(-1)!, finite[0]! + 1e-6)];
  return best === 'least'
    ? { low: least, high: most, bend: 1, cut: false }
    : { low: most, high: least, bend: 1, cut: false };
}

/** Place of an error on the scale of colours, 0 to 1; 1 for what is not finite. */
export function shareOf(error: number, { low, high, bend }: ErrorScale): number {
  if (!Number.isFinite(error)) return 1;
  return Math.min(1, Math.max(0, (error - low) / (high - low))) ** bend;
}

/** The error that has a given place on the scale of colours. */
export function errorAt(share: number, { low, high, bend }: ErrorScale): number {
  return low + (high - low) * share ** (1 / bend);
}

/** `[256 · 3]` bytes: the given colours (`#rrggbb`), evenly spaced and mixed between. */
export function ramp(colours: readonly string[]): Uint8ClampedArray {
  const stops = colours.map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  const out = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) {
    const u = (i / 255) * (stops.length - 1);
    const k = Math.min(stops.length - 2, Math.floor(u));
    for (let c = 0; c < 3; c++)
      out[3 * i + c] = Math.round(stops[k]![c]! + (stops[k + 1]![c]! - stops[k]![c]!) * (u - k));
  }
  return out;
}
