/** @file The cases that are measured: sweeps through the base case, one setting at a time, and the corners beyond them. */

export interface Case {
  replicas: number;
  /** Training points of each replica; 128 validation and 256 test points are evaluated beside them after every epoch. */
  samples: number;
  /** Widths from the inputs to the outputs; tanh between, trained with Adam. */
  model: readonly number[];
  batch: number | 'full';
}

export const BASE: Case = { replicas: 32, samples: 128, model: [2, 16, 16, 1], batch: 32 };

/** What is varied alone: the cases of a sweep in the order in which the cost should grow, the base case among them. */
export const SWEEPS: Readonly<Record<'replicas' | 'samples' | 'model' | 'batch', readonly Case[]>> = {
  replicas: [1, 8, 32, 128].map((replicas) => ({ ...BASE, replicas })),
  samples: [64, 128, 1024].map((samples) => ({ ...BASE, samples })),
  model: [
    [2, 8, 1],
    [2, 16, 16, 1],
    [64, 32, 10],
    [2, 64, 64, 1],
  ].map((model) => ({ ...BASE, model })),
  batch: (['full', 32, 1] as const).map((batch) => ({ ...BASE, batch })),
};

/** Extremes together, as far as the slowest contender comes to an end. */
const CORNERS: readonly Case[] = [
  { replicas: 1, samples: 64, model: [2, 8, 1], batch: 'full' },
  { replicas: 1, samples: 128, model: [2, 8, 1], batch: 1 },
  { replicas: 1, samples: 1024, model: [2, 64, 64, 1], batch: 'full' },
  { replicas: 1, samples: 1024, model: [64, 32, 10], batch: 32 },
  { replicas: 8, samples: 1024, model: [2, 16, 16, 1], batch: 1 },
  { replicas: 128, samples: 64, model: [2, 8, 1], batch: 'full' },
  { replicas: 128, samples: 128, model: [64, 32, 10], batch: 32 },
  { replicas: 128, samples: 128, model: [2, 64, 64, 1], batch: 'full' },
  { replicas: 128, samples: 1024, model: [2, 16, 16, 1], batch: 32 },
];

export const caseName = ({ replicas, samples, model, batch }: Case): string =>
  `R ${replicas}, N ${samples}, ${model.join('-')}, batch ${batch}`;

/** The base case first, then the sweeps, then the corners; each case once. */
export function matrix(): Case[] {
  const all = [BASE, ...Object.values(SWEEPS).flat(), ...CORNERS];
  return [...new Map(all.map((one) => [caseName(one), one])).values()];
}
