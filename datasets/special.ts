/** @file Special functions the laws of the generated data need. Only + − × ÷ and √ where drawn numbers depend on it. */

const SQRT_HALF = Math.SQRT1_2;
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;

/**
 * Natural logarithm of 0 < x ≤ 1 by arithmetic alone, so that it is the same bit for bit in every JavaScript engine
 * (`Math.log` may differ in its last bit). x = m·2ᵉ, ln m = 2·artanh((m − 1)/(m + 1)). Relative error below 1e-15.
 */
export function exactLog(x: number): number {
  let m = x;
  let e = 0;
  while (m < SQRT_HALF) {
    m *= 2;
    e--;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let sum = 0;
  for (let k = 21; k >= 1; k -= 2) sum = sum * z + 1 / k;
  return e * LN2_HIGH + (2 * s * sum + e * LN2_LOW);
}

/** Coefficients of a rational function, highest power first. */
type Rational = readonly [numerator: readonly number[], denominator: readonly number[]];

const CENTRE: Rational = [
  [
    2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125,
    1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
  ],
  [
    5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077,
    687.1870074920579083, 42.313330701600911252, 1,
  ],
];
const SHOULDER: Rational = [
  [
    7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
    3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
  ],
  [
    1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
    0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
  ],
];
const TAIL: Rational = [
  [
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
    0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
  ],
  [
    2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
    0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1,
  ],
];

function ratio([numerator, denominator]: Rational, r: number): number {
  let n = 0;
  let d = 0;
  for (let i = 0; i < 8; i++) {
    n = n * r + numerator[i]!;
    d = d * r + denominator[i]!;
  }
  return n / d;
}

/**
 * Inverse of the standard normal distribution function, 0 < p < 1, relative error about 1e-16: Wichura, Algorithm
 * AS 241 (PPND16), Applied Statistics 37 (1988).
 */
export function inverseNormal(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-exactLog(q < 0 ? p : 1 - p));
  const z = r <= 5 ? ratio(SHOULDER, r - 1.6) : ratio(TAIL, r - 5);
  return q < 0 ? -z : z;
}

/** Of Cody's approximations, lowest power first: erf x / x in x², exp(x²)·erfc x in x, and its remainder in 1/x². */
const ERF: Rational = [
  [3209.37758913846947, 377.485237685302021, 113.864154151050156, 3.1611237438705656, 0.185777706184603153],
  [2844.23683343917062, 1282.61652607737228, 244.024637934444173, 23.6012909523441209, 1],
];
const ERFC: Rational = [
  [
    1230.33935479799725, 2051.07837782607147, 1712.04761263407058, 881.95222124176909, 298.635138197400131,
    66.1191906371416295, 8.88314979438837594, 0.564188496988670089, 2.15311535474403846e-8,
  ],
  [
    1230.33935480374942, 3439.36767414372164, 4362.61909014324716, 3290.79923573345963, 1621.38957456669019,
    537.181101862009858, 117.693950891312499, 15.7449261107098347, 1,
  ],
];
const ERFC_FAR: Rational = [
  [
    6.58749161529837803e-4, 0.0160837851487422766, 0.125781726111229246, 0.360344899949804439, 0.305326634961232344,
    0.0163153871373020978,
  ],
  [0.00233520497626869185, 0.0605183413124413191, 0.527905102951428412, 1.87295284992346725, 2.56852019228982242, 1],
];

function quotient([numerator, denominator]: Rational, x: number): number {
  let n = 0;
  let d = 0;
  for (let i = numerator.length - 1; i >= 0; i--) n = n * x + numerator[i]!;
  for (let i = denominator.length - 1; i >= 0; i--) d = d * x + denominator[i]!;
  return n / d;
}

/**
 * exp(x²)·erfc(x) for x ≥ 0: Cody, Rational Chebyshev approximations for the error function, Mathematics of Computation
 * 23 (1969). Relative error below 1e-15.
 */
function scaledErfc(x: number): number {
  if (x <= 0.46875) return Math.exp(x * x) * (1 - x * quotient(ERF, x * x));
  if (x <= 4) return quotient(ERFC, x);
  const square = 1 / (x * x);
  return (1 / Math.sqrt(Math.PI) - square * quotient(ERFC_FAR, square)) / x;
}

/** Density of the standard normal law. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** Standard normal distribution function, accurate also far in the lower tail. */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const upper = 0.5 * Math.exp(-x * x) * scaledErfc(x);
  return z < 0 ? upper : 1 - upper;
}

/**
 * exp(−x)·I₀(x) for x ≥ 0, which never overflows: the power series below 20 (A&S 9.6.12), the asymptotic series above
 * (9.7.1), ended at its smallest term. Relative error below 1e-13.
 */
export function scaledBesselI0(x: number): number {
  let term = 1;
  let sum = 1;
  if (x < 20) {
    for (let k = 1; term > 1e-17 * sum; k++) {
      term *= (x * x) / (4 * k * k);
      sum += term;
    }
    return Math.exp(-x) * sum;
  }
  for (let k = 1; k < 2 * x && term > 1e-17; k++) {
    term *= ((2 * k - 1) * (2 * k - 1)) / (8 * k * x);
    sum += term;
  }
  return sum / Math.sqrt(2 * Math.PI * x);
}

/** Nodes and weights on [0, 1] of the Gauss–Legendre rule of n points: Newton's method on the Legendre polynomial. */
export function gaussLegendre(n: number): { nodes: Float64Array; weights: Float64Array } {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let step = 0; step < 10; step++) {
      let before = 1;
      let value = x;
      for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (n * (before - x * value)) / (1 - x * x);
      x -= value / slope;
    }
    nodes[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
