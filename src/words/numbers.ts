/** @file Formats numbers for readers: no more digits than their standard error supports, true minus signs. */

const NO_BREAK = '\u00a0';
/** Used where no standard error says how many decimals a number supports. */
const DECIMALS = 3;

/** Decimals to which a number with this standard error is known: its first digit, two where that is a 1. */
export function decimals(se: number | null): number {
  if (se === null || !(se > 0) || se === Infinity) return DECIMALS;
  // Through toPrecision, since rounding may carry: 0.0196 to two digits is 0.020.
  const [mantissa, exponent] = se.toExponential(1).split('e') as [string, string];
  const digits = mantissa.startsWith('1') ? 1 : 0;
  return Math.min(8, Math.max(0, digits - Number(exponent)));
}

/** `−0.012`; never `−0.000`. */
export function fixed(value: number, places: number = DECIMALS): string {
  const text = value.toFixed(places);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** `+0.012`, `−0.012`, or `0` where it rounds to nothing. */
export function signed(value: number, places: number = DECIMALS): string {
  const text = fixed(value, places);
  return Number(text) === 0 ? '0' : text.startsWith('−') ? text : `+${text}`;
}

/**
 * `0.193 ± 0.005`, joined by no-break spaces, to the digits the error supports; the value alone without one, and where it is
 * 0: then nothing was estimated, as where a run is compared with itself.
 */
export function plusMinus(
  value: number,
  se: number | null,
  write: (value: number, places: number) => string = fixed,
): string {
  const places = decimals(se);
  if (value === 0 && se === 0) return '0';
  return se === null || se === 0
    ? write(value, places)
    : `${write(value, places)}${NO_BREAK}±${NO_BREAK}${fixed(se, places)}`;
}

/** `1 run`, `3 runs`. */
export const countOf = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** A setting as short as it goes: at most three significant digits, no exponent from 1e-6 to 1e21. */
export function short(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−');
}
