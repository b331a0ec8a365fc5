/** @file Special functions against values computed with 30 digits (mpmath), and quadrature against closed forms. */
import { describe, expect, it } from 'vitest';
import { exactLog, gaussLegendre, inverseNormal, normalCdf, scaledBesselI0 } from './special.ts';

const relative = (a: number, b: number) => (b === 0 ? Math.abs(a) : Math.abs(a / b - 1));

describe('special functions', () => {
  it('inverts the normal distribution in centre, shoulder and tail', () => {
    const known = [
      [2 ** -33, -6.3379577545537895],
      [1e-12, -7.034483825301132],
      [1e-6, -4.753424308822899],
      [1e-4, -3.7190164854556804],
      [0.024, -1.9773684281819468],
      [0.075, -1.439531470938456],
      [0.2, -0.8416212335729142],
      [0.4, -0.2533471031357997],
      [0.5000001, 2.506628273311648e-7],
      [0.6, 0.2533471031357997],
      [0.95, 1.6448536269514722],
      [0.9999, 3.7190164854557084],
      [1 - 2 ** -33, 6.3379577545537895],
    ] as const;
    // Rounding of p − ½ itself leaves 1e-9 of relative error beside ½, hence the looser absolute part.
    for (const [p, z] of known) expect(Math.abs(inverseNormal(p) - z)).toBeLessThan(4e-15 * Math.abs(z) + 1e-16);
  });

  it('integrates the normal density, also far in the tail', () => {
    const known = [
      [-30, 4.906713927148187e-198],
      [-8, 6.220960574271784e-16],
      [-3, 0.0013498980316300946],
      [-2.83, 0.002327400206731554],
      [-1, 0.15865525393145705],
      [-0.1, 0.460172162722971],
      [0, 0.5],
      [0.5, 0.6914624612740131],
      [2, 0.9772498680518208],
      [5, 0.9999997133484281],
    ] as const;
    for (const [z, p] of known) expect(relative(normalCdf(z), p)).toBeLessThan(2e-13);
  });

  it('scales I₀ without overflow on both sides of the change of series', () => {
    const known = [
      [0, 1],
      [0.1, 0.9071009257823011],
      [1, 0.46575960759364043],
      [5, 0.18354081260932836],
      [19.9, 0.0900085888643896],
      [20, 0.08978031188482602],
      [20.1, 0.08955376362061344],
      [50, 0.05656162664745419],
      [700, 0.015081295651531358],
      [1e5, 0.0012615678379767768],
    ] as const;
    for (const [x, y] of known) expect(relative(scaledBesselI0(x), y)).toBeLessThan(1e-13);
  });

  it('takes logarithms to within two units in the last place', () => {
    for (let i = 1; i < 2000; i++) {
      const x = (i / 2000) ** 9;
      expect(Math.abs(exactLog(x) - Math.log(x))).toBeLessThanOrEqual(
        4.5e-16 * Math.max(Math.abs(Math.log(x)), 1e-300),
      );
    }
    expect(exactLog(1)).toBe(0);
  });

  it('integrates polynomials up to degree 2n − 1 exactly', () => {
    const { nodes, weights } = gaussLegendre(8);
    for (let degree = 0; degree < 16; degree++) {
      const sum = nodes.reduce((s, x, i) => s + weights[i]! * x ** degree, 0);
      expect(sum).toBeCloseTo(1 / (degree + 1), 14);
    }
    expect(Math.abs(nodes.reduce((s, x, i) => s + weights[i]! * x ** 16, 0) - 1 / 17)).toBeGreaterThan(1e-12);
  });
});
