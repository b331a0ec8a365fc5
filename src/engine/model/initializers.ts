/** @file The distributions of the initial weights: one registry that the schema, the engine and the page read. */

interface Initializer {
  label: string;
  help: string;
}

export const INITIALIZERS = {
  auto: { label: 'by activation', help: 'He before ReLU and GELU, Glorot before the others.' },
  glorot: { label: 'Glorot', help: 'Uniform in ±√(6 / (inputs + outputs)).' },
  he: { label: 'He', help: 'Uniform in ±√(6 / inputs), made for ReLU.' },
  lecun: { label: 'LeCun', help: 'Uniform in ±√(3 / inputs): sums keep the variance of the inputs.' },
  orthogonal: {
    label: 'orthogonal',
    help: 'Columns, or rows where they are fewer, at right angles and of length one.',
  },
  zeros: { label: 'zeros', help: 'All units of a layer stay identical, so hidden layers learn next to nothing.' },
} as const satisfies Record<string, Initializer>;

export type InitializerName = keyof typeof INITIALIZERS;
