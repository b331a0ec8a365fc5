/** @file What the areas of the decomposition are called, and the value at which each name stands: the middle of its area. */

interface Areas {
  error: number;
  /** NaN for one replica, whose bias and variance are one area. */
  variance: number;
  /** What training sets add to the variance; NaN where that is not known. */
  sampling: number;
  noise: number;
  /** What the bias is called. */
  bias: string;
  /** Whether the truth is known; if not, the bias contains the noise. */
  known: boolean;
}

export interface AreaLabel {
  text: string;
  colour: string;
  value: number;
}

/** From the uppermost down. */
export function areaLabels({ error, variance, sampling, noise, bias, known }: Areas): AreaLabel[] {
  const blue = (text: string, value: number) => ({ text, colour: 'var(--var-t)', value });
  const parts = Number.isFinite(sampling)
    ? [blue('var.: seeds', error - (variance - sampling) / 2), blue('var.: data', error - variance + sampling / 2)]
    : [blue('variance', error - variance / 2)];
  const split = Number.isFinite(variance)
    ? [
        ...parts,
        { text: known ? bias : `${bias}, noise`, colour: 'var(--bias-t)', value: (noise + error - variance) / 2 },
      ]
    : [{ text: `${bias} + var.`, colour: 'var(--ink2)', value: (noise + error) / 2 }];
  return [
    { text: 'test error', colour: 'var(--test-t)', value: error },
    ...split,
    ...(noise > 0 ? [{ text: 'noise', colour: 'var(--noise-t)', value: noise / 2 }] : []),
  ];
}
