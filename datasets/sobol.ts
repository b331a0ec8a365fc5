/** @file Sobol' points: numbers that fill the unit cube evenly, also in every stretch of them. */

/** Degree, inner coefficients and first direction numbers of a dimension: Joe and Kuo, `new-joe-kuo-6`, 2008. */
const POLYNOMIALS = [
  { degree: 1, inner: 0, first: [1] },
  { degree: 2, inner: 1, first: [1, 3] },
  { degree: 3, inner: 1, first: [1, 3, 1] },
] as const;

/** At most this many dimensions. */
const DIMENSIONS = POLYNOMIALS.length + 1;

/**
 * Points 0 to 2^bits − 1 of the Sobol' sequence, `[2^bits, dimensions]`, moved by half a cell of 2^−bits, so that none
 * lies on the border of the unit cube. In each dimension every cell holds one point. `shift` is a number
 * of [0, 1) for each dimension: its binary digits are added to those of every point without carry, which keeps all that is even.
 */
export function sobolPoints(bits: number, dimensions: number, shift: readonly number[]): Float64Array {
  if (dimensions > DIMENSIONS)
    throw new Error(`Sobol' points have ${DIMENSIONS} dimensions at most, not ${dimensions}`);
  const directions = Array.from({ length: dimensions }, (_, d) => directionNumbers(d, bits));
  const shifts = directions.map((_, d) => Math.floor(shift[d]! * 2 ** bits));
  const points = new Float64Array(dimensions << bits);
  for (let i = 0; i < points.length; i++) {
    let digits = 0;
    directions[i % dimensions]!.forEach((direction, bit) => {
      if ((Math.floor(i / dimensions) >> bit) & 1) digits ^= direction;
    });
    points[i] = ((digits ^ shifts[i % dimensions]!) + 0.5) / 2 ** bits;
  }
  return points;
}

/** What each binary digit of a point's index contributes, as whole numbers below 2^bits; bits ≤ 30. */
function directionNumbers(dimension: number, bits: number): number[] {
  const numbers: number[] = [];
  for (let i = 0; i < bits; i++) {
    // The first dimension is van der Corput's sequence: the digits in reverse.
    const polynomial = POLYNOMIALS[dimension - 1] ?? { degree: bits, inner: 0, first: Array<number>(bits).fill(1) };
    const { degree, inner, first } = polynomial;
    if (i < degree) {
      numbers.push(first[i]! << (bits - 1 - i));
      continue;
    }
    let number = numbers[i - degree]! ^ (numbers[i - degree]! >> degree);
    for (let k = 1; k < degree; k++) if ((inner >> (degree - 1 - k)) & 1) number ^= numbers[i - k]!;
    numbers.push(number);
  }
  return numbers;
}
