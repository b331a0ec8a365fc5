/** @file The three maps of a plane: what each shows, in which colours, on which scale. */
import type { MapPicture } from '../../session/maps.svelte.ts';
import { ramp } from '../landscape/colours.ts';
import type { Palette } from '../chart/palette.ts';

export type MapKind = 'mean' | 'variance' | 'error';

/** Sky blue and yellow of the Okabe-Ito set: no area of the page has them. Points take darker tones. */
const CLASS_COLOURS = ['#56b4e9', '#f0e442'] as const;
/** How much of a class colour the surest place has; the rest is paper, so that lines and points stand out in both themes. */
const SUREST = 0.65;

export interface MapKindEntry {
  label: string;
  /** What a value is, in a few words. */
  about: string;
  /** Place of a value on the ramp, 0 to 1. */
  share(value: number): number;
  /** Values worth naming under the ramp, ascending. */
  ticks: readonly number[];
  /** Whether all above the last tick looks the same. */
  cut: boolean;
  /** Ends of the ramp and what lies evenly between. */
  colours(tone: Palette): readonly string[];
}

/** Square roots show small values too. A variance of a probability is at most ¼ (times R/(R − 1)). */
const root = (value: number) => Math.sqrt(Math.min(1, Math.max(0, 4 * value)));

function onPaper(colour: string, paper: string): string {
  const at = 3 * Math.round(255 * SUREST);
  const bytes = ramp([paper, colour]).subarray(at, at + 3);
  return `#${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

export const MAP_KINDS: Readonly<Record<MapKind, MapKindEntry>> = {
  mean: {
    label: 'mean',
    about: 'mean P(class 1)',
    share: (value) => Math.min(1, Math.max(0, value)),
    ticks: [0, 0.5, 1],
    cut: false,
    colours: ({ paper }) => [onPaper(CLASS_COLOURS[0], paper), paper, onPaper(CLASS_COLOURS[1], paper)],
  },
  variance: {
    label: 'variance',
    about: 'variance between replicas',
    share: root,
    ticks: [0, 0.0625, 0.25],
    cut: true,
    colours: (tone) => [tone.paper, tone['var-l']],
  },
  error: {
    label: 'error',
    about: 'bias² + variance',
    share: root,
    ticks: [0, 0.0625, 0.25],
    cut: true,
    colours: (tone) => [tone.h0, tone.h1, tone.h2, tone.h3, tone.h4],
  },
};

/**
 * `[G]` each: probability of class 1, its variance between replicas, and its mean squared distance from the truth; NaN
 * where too few replicas say anything.
 */
export interface MapValues {
  mean: Float64Array;
  variance: Float64Array;
  /** Null until the truth is known. */
  error: Float64Array | null;
}

/**
 * The replicas' mean squared error against the truth f, point by point: (m − f)² + v·(n − 1)/n, exactly. With one output
 * for each class both have the same variance; it was summed over them.
 */
export function mapValues(
  { mean, variance, epochs }: Pick<MapPicture, 'mean' | 'variance' | 'epochs'>,
  truth: Float64Array | null,
): MapValues {
  const G = variance.length;
  const K = mean.length / G;
  const n = epochs.filter((epoch) => epoch >= 0).length;
  const p = Float64Array.from({ length: G }, (_, g) => mean[g * K + K - 1]!);
  const v = Float64Array.from(variance, (value) => value / K);
  // One replica has no variance: not a number, and none of its error.
  const within = (g: number) => (n > 1 ? (v[g]! * (n - 1)) / n : 0);
  return { mean: p, variance: v, error: truth && p.map((m, g) => (m - truth[g]!) ** 2 + within(g)) };
}
