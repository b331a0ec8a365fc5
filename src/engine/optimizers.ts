/** @file The optimizers and their settings: one registry that the schema, the trainers and the page read. */

/** A number a person can set: its limits are the schema's, its words the page's. */
export interface Knob {
  label: string;
  /** One sentence that explains it where it is set. */
  help: string;
  min: number;
  max: number;
  integer?: boolean;
  default: number;
}

const learningRate: Knob = {
  label: 'learning rate',
  help: 'Size of one step along the gradient.',
  min: 1e-6,
  max: 10,
  default: 0.01,
};

const momentum: Knob = {
  label: 'momentum',
  help: 'Share of the last step that is kept in the next one.',
  min: 0,
  max: 0.9999,
  default: 0.9,
};

/** State `slots` are tensors of the shape of the weights, all zero at the start. */
export const OPTIMIZERS = {
  sgd: { label: 'SGD', slots: [], knobs: { learningRate } },
  momentum: { label: 'Momentum', slots: ['velocity'], knobs: { learningRate, momentum } },
  adam: {
    label: 'Adam',
    slots: ['m', 'v'],
    knobs: {
      learningRate,
      beta1: { label: 'β₁', help: 'Memory of the mean gradient.', min: 0, max: 0.99999, default: 0.9 },
      beta2: { label: 'β₂', help: 'Memory of the squared gradient.', min: 0, max: 0.99999, default: 0.999 },
      epsilon: { label: 'ε', help: 'Keeps the division finite.', min: 1e-12, max: 1, default: 1e-7 },
    },
  },
} as const satisfies Record<string, { label: string; slots: readonly string[]; knobs: Record<string, Knob> }>;

export type OptimizerName = keyof typeof OPTIMIZERS;

/** `{ name: 'adam', learningRate, beta1, … }`: the name and a number for each of its knobs. */
export type OptimizerSettings = {
  [N in OptimizerName]: { name: N } & Record<keyof (typeof OPTIMIZERS)[N]['knobs'], number>;
}[OptimizerName];

export function optimizerDefaults(name: OptimizerName): OptimizerSettings {
  const knobs = Object.entries(OPTIMIZERS[name].knobs).map(([key, knob]) => [key, knob.default]);
  return { name, ...Object.fromEntries(knobs) } as OptimizerSettings;
}
