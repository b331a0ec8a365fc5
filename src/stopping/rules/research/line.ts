/** @file Fits a straight line through the last values of a metric. */

export interface Line {
  slope: number;
  /** Standard error of the slope, from the residuals with n − 2 degrees of freedom. */
  se: number;
}

/** Σ (i − middle)² of n neighbours. */
const spreadOf = (n: number) => (n * (n * n - 1)) / 12;

/** Least squares line through (0, y_0), (1, y_1), …; n ≥ 3. NaN if a value is not finite. */
export function fitLine(y: ArrayLike<number>): Line {
  const n = y.length;
  const middle = (n - 1) / 2;
  const spread = spreadOf(n);
  // From the first value on, so that a constant has a slope of exactly zero.
  let mean = y[0]!;
  for (let i = 0; i < n; i++) mean += (y[i]! - y[0]!) / n;
  let slope = 0;
  for (let i = 0; i < n; i++) slope += ((i - middle) * (y[i]! - mean)) / spread;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (y[i]! - mean - slope * (i - middle)) ** 2;
  return { slope, se: Math.sqrt(squares / (n - 2) / spread) };
}

/**
 * What running sums may be wrong by, in units of (largest value / n)². Taken afresh every n values they are off by no more
 * than 3e-11 of it for n = 1000: 2n roundings of Σ i·y ≤ n²/2 and Σ y² ≤ n.
 */
const TOLERANCE = 1e-9;
/** Squares this small have lost digits, or all of them. */
const UNDERFLOW = 1e-280;

/**
 * The line through the last n ≥ 3 values, by sums that each value moves on. Where they cannot tell for their rounding
 * whether the slope passes its margin, `line` decides, so that the answers are always those of `line`.
 */
export class RunningLine {
  /** The value numbered i stands at i modulo n. */
  readonly #values: Float64Array;
  #seen = 0;
  /** Subtracted from all values, so that the sums are of the size of their changes. */
  #offset = 0;
  /** Σ y, Σ i·y and Σ y² of the last n, oldest first, and the largest |y| since they were taken afresh. */
  #sum = 0;
  #along = 0;
  #squares = 0;
  #largest = 0;

  constructor(readonly n: number) {
    this.#values = new Float64Array(n);
  }

  get full(): boolean {
    return this.#seen >= this.n;
  }

  push(value: number): void {
    const { n } = this;
    const place = this.#seen++ % n;
    const leaving = this.#values[place]! - this.#offset;
    const y = value - this.#offset;
    this.#values[place] = value;
    if (this.#seen % n === 0) return this.#refresh();
    this.#along += (n - 1) * y - (this.#sum - leaving);
    this.#sum += y - leaving;
    this.#squares += y * y - leaving * leaving;
    this.#largest = Math.max(this.#largest, Math.abs(y));
  }

  /** Oldest first. */
  values(): Float64Array {
    return Float64Array.from(this.#values, (_, i) => this.#values[(this.#seen + i) % this.n]!);
  }

  /** Whether sign · slope > errors · se. */
  rises(sign: 1 | -1, errors: number): boolean {
    const sure = this.#beyond(sign, -errors);
    if (sure !== null) return sure;
    const { slope, se } = fitLine(this.values());
    return sign * slope > errors * se;
  }

  /** Whether sign · slope ≥ −errors · se. */
  fallsNot(sign: 1 | -1, errors: number): boolean {
    const sure = this.#beyond(sign, errors);
    if (sure !== null) return sure;
    const { slope, se } = fitLine(this.values());
    return sign * slope >= -errors * se;
  }

  /** Whether sign · slope + errors · se is above zero, both squared with their signs; null if that is uncertain. */
  #beyond(sign: 1 | -1, errors: number): boolean | null {
    const { n } = this;
    const spread = spreadOf(n);
    const slope = (this.#along - ((n - 1) / 2) * this.#sum) / spread;
    const residual = this.#squares - (this.#sum * this.#sum) / n - slope * slope * spread;
    const margin = (errors * errors * Math.max(0, residual)) / ((n - 2) * spread);
    const beyond = sign * slope * Math.abs(slope) + Math.sign(errors) * margin;
    // Values that hardly differ leave `line` itself few digits, and squares of very small ones leave none.
    const digits = n * n * Number.EPSILON * (1 + Math.abs(this.#offset) / this.#largest);
    const rounding = (TOLERANCE + digits) * (1 + errors * errors) * (this.#largest / n) ** 2 + UNDERFLOW;
    return Math.abs(beyond) > rounding ? beyond > 0 : null;
  }

  #refresh(): void {
    this.#offset = this.#values[this.n >> 1]!;
    [this.#sum, this.#along, this.#squares, this.#largest] = [0, 0, 0, 0];
    for (let i = 0; i < this.n; i++) {
      const y = this.#values[i]! - this.#offset;
      this.#sum += y;
      this.#along += i * y;
      this.#squares += y * y;
      this.#largest = Math.max(this.#largest, Math.abs(y));
    }
  }
}
