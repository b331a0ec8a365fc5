/** @file The activations in WGSL, on four numbers at once; NaN for NaN. */
import type { Activation } from '../../experiment.ts';

interface ActivationSnippets {
  /** The activation of the sum `z`. */
  value: string;
  /** Its derivative, from the activation `a` or, where `from` says so, from the sum `z`. */
  slope: string;
  from: 'a' | 'z';
}

export const ACTIVATION_SNIPPETS: Readonly<Record<Activation, ActivationSnippets>> = {
  tanh: { value: 'tanh4(z)', slope: 'vec4f(1) - a * a', from: 'a' },
  relu: { value: 'kept(max(z, vec4f(0)), z)', slope: 'select(vec4f(0), vec4f(1), a > vec4f(0))', from: 'a' },
  sigmoid: { value: 'sigmoid4(z)', slope: 'a * (vec4f(1) - a)', from: 'a' },
  gelu: { value: 'z * normal4(z)', slope: 'normal4(z) + z * 0.3989422804 * exp(-0.5 * z * z)', from: 'z' },
  linear: { value: 'z', slope: 'vec4f(1)', from: 'a' },
};

/**
 * A shader may assume that there is no NaN, and `select`, `min` and `clamp` may lose one: so it is looked for in the
 * bits. tanh is a polynomial of degree 11, fitted, below 0.6 and 1 − 2 / (1 + e²ˣ) above: in float32, with an exact e, the
 * relative error stays below 2e-7. The normal distribution function is Abramowitz and Stegun 7.1.26 (error below
 * 1.5e-7).
 */
export const ACTIVATION_FUNCTIONS_WGSL = /* wgsl */ `
fn kept(value: vec4f, source: vec4f) -> vec4f {
  let nan = (bitcast<vec4u>(source) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
  return select(value, source, nan);
}

fn tanh4(x: vec4f) -> vec4f {
  let q = min(x * x, vec4f(0.36));
  let near = x + x * q * (-0.333332962 + q * (0.133318803 + q * (-0.0537803994 + q * (0.0207851476 + q * -0.00588323306))));
  let e = exp(2 * clamp(x, vec4f(-10), vec4f(10)));
  return kept(select(vec4f(1) - 2 / (vec4f(1) + e), near, abs(x) < vec4f(0.6)), x);
}

fn sigmoid4(x: vec4f) -> vec4f {
  return kept(1 / (vec4f(1) + exp(-clamp(x, vec4f(-87), vec4f(87)))), x);
}

fn normal4(x: vec4f) -> vec4f {
  let u = min(abs(x), vec4f(9)) * 0.7071067812;
  let t = 1 / (1 + 0.3275911 * u);
  let tail = 0.5 * t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * exp(-u * u);
  return kept(select(tail, vec4f(1) - tail, x > vec4f(0)), x);
}
`;
