/** @file Formats large amounts with three digits and an SI prefix; k is 1000, also for bytes. */

const NO_BREAK = '\u00a0';
const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const;

/** The prefix under which three digits of a value lie from 1 to 999, and what it stands for. */
function prefixOf(value: number): { symbol: string; factor: number } {
  // Through toPrecision, since rounding may carry: 999 600 to three digits is 1 M.
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Number(value.toPrecision(3))) + 1e-9);
  const step = Math.min(PREFIXES.length - 1, Math.max(0, Math.floor(exponent / 3)));
  return { symbol: PREFIXES[step]!, factor: 1000 ** step };
}

/**
 * `640 FLOP`, `87.5 kFLOP`, `1.00 MB`: three digits, a whole number below 1000 as it is, joined by a no-break space.
 * Values are finite and not negative.
 */
export function amount(value: number, unit: string): string {
  const { symbol, factor } = prefixOf(value);
  const digits = value < 1000 && Number.isInteger(value) ? String(value) : (value / factor).toPrecision(3);
  return `${digits}${NO_BREAK}${symbol}${unit}`;
}

/** `8000`, `12.3k`, `1M`: for the numbers of an axis. Whole numbers below 10 000 as they are, else at most three digits. */
export function compact(value: number): string {
  if (value < 10000 && Number.isInteger(value)) return String(value);
  const { symbol, factor } = prefixOf(value);
  return `${Number((value / factor).toPrecision(3))}${symbol}`;
}
