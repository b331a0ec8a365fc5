/** @file The activations in WGSL, on four numbers at once; NaN for NaN. */
import type { Activation } from '../../model/activations.ts';

interface ActivationSnippets {
  /** The activation of the sum `z`; zero for what pads a quad, where the sum is zero and `real` is false. */
  value: string;
  /** Its derivative, from the activation `a` or, where `from` says so, from the sum `z`. */
  slope: string;
  from: 'a' | 'z';
}

export const ACTIVATION_SNIPPETS: Readonly<Record<Activation, ActivationSnippets>> = {
  tanh: { value: 'tanh4(z)', slope: 'vec4f(1) - a * a', from: 'a' },
  relu: { value: 'kept(max(z, vec4f(0)), z)', slope: 'select(vec4f(0), vec4f(1), a > vec4f(0))', from: 'a' },
  sigmoid: { value: 'select(vec4f(0), sigmoid4(z), real)', slope: 'a * (vec4f(1) - a)', from: 'a' },
  gelu: { value: 'z * normal4(z)', slope: 'normal4(z) + z * 0.3989422804 * exp(-0.5 * z * z)', from: 'z' },
  linear: { value: 'z', slope: 'vec4f(1)', from: 'a' },
};

/**
 * A shader may assume that there is no NaN, and `select`, `min` and `clamp` may lose one: so it is looked for in the
 * bits. tanh is a quotient of polynomials, fitted up to 8.3, from where it is 1 in float32: its relative error is below 1e-8,
 * and below 4e-7 in float32. The normal distribution function is Abramowitz and Stegun 7.1.26 (error below
 * 1.5e-7).
 */
export const ACTIVATION_FUNCTIONS_WGSL = /* wgsl */ `
fn kept(value: vec4f, source: vec4f) -> vec4f {
  let nan = (bitcast<vec4u>(source) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
  return select(value, source, nan);
}

fn tanh4(x: vec4f) -> vec4f {
  let c = clamp(x, vec4f(-8.3), vec4f(8.3));
  let q = c * c;
  let above = c * (1 + q * (0.134258731 + q * (0.00354917162 + q * (2.15085082e-5 + q * 1.46482172e-8))));
  let below = 1 + q * (0.46759198 + q * (0.0260799609 + q * (0.000337395331 + q * 8.29510432e-7)));
  return kept(above / below, x);
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
