/**
 * @file Networks as one header of C99: constant arrays and a function, for a microcontroller or any program.
 *
 * No allocation, and of the library only tanhf, expf, erff and sqrtf, as far as they are needed. int8 keeps whole numbers
 * and a scale for each unit, in a quarter of the space; sums are float.
 */
import { NORM_EPSILON } from '../../engine/model/layer-norm.ts';
import { float32Text } from '../curves-csv.ts';
import { fileName, textFile, type ExportFile } from '../files.ts';
import { membersName } from '../network.ts';
import { sentenceOf } from './about.ts';
import { modelOf } from './build-model.ts';
import { AS_TRAINED, type Model, type ModelLayer, type ModelMaterial } from './model.ts';
import { quantise } from './precision.ts';

export function cHeaderFile(material: ModelMaterial, options = AS_TRAINED): ExportFile {
  const name = fileName(material.experiment, `${membersName(material.network)}.h`);
  return textFile(name, 'text/x-c', cHeader(modelOf(material, options)));
}

const literal = (x: number) => {
  const text = float32Text(x);
  return `${/[.e]/.test(text) ? text : `${text}.0`}f`;
};

/** `static const float name[…] = {…};`, eight numbers a line. */
function array(name: string, type: 'float' | 'signed char', dims: number[], values: ArrayLike<number>): string {
  const texts = Array.from(values, type === 'float' ? literal : String);
  const lines = Array.from(
    { length: Math.ceil(texts.length / 8) },
    (_, i) => `  ${texts.slice(8 * i, 8 * i + 8).join(', ')}`,
  );
  return `static const ${type} ${name}[${dims.join(' * ')}] = {\n${lines.join(',\n')}\n};`;
}

/** Of several members one after another. */
const all = (parts: ArrayLike<number>[]) => parts.flatMap((part) => Array.from(part));

/** Kernels, biases, and gains and shifts where a layer is normalised. */
function arraysOf(name: string, layers: ModelLayer[], precision: Model['precision']): string[] {
  const [{ inputs, units }] = layers as [ModelLayer];
  const R = layers.length;
  const vector = (rest: string, parts: Float32Array[]) => array(`${name}_${rest}`, 'float', [R, units], all(parts));
  const quantised = precision === 'int8' ? layers.map(({ kernel }) => quantise(kernel, units)) : null;
  const norms = layers.flatMap(({ norm }) => norm ?? []);
  return [
    quantised
      ? array(`${name}_kernel`, 'signed char', [R, inputs, units], all(quantised.map(({ codes }) => codes)))
      : array(`${name}_kernel`, 'float', [R, inputs, units], all(layers.map(({ kernel }) => kernel))),
    ...(quantised
      ? [
          vector(
            'scales',
            quantised.map(({ scales }) => scales),
          ),
        ]
      : []),
    vector(
      'bias',
      layers.map(({ bias }) => bias),
    ),
    ...(norms.length > 0
      ? [
          vector(
            'gains',
            norms.map(({ gains }) => gains),
          ),
          vector(
            'shifts',
            norms.map(({ shifts }) => shifts),
          ),
        ]
      : []),
  ];
}

const ACTIVATIONS = {
  linear: null,
  tanh: 'for (int j = 0; j < n; j++) z[j] = tanhf(z[j]);',
  relu: 'for (int j = 0; j < n; j++) z[j] = z[j] > 0.0f ? z[j] : 0.0f;',
  sigmoid: 'for (int j = 0; j < n; j++) z[j] = 1.0f / (1.0f + expf(-z[j]));',
  gelu: 'for (int j = 0; j < n; j++) z[j] = 0.5f * z[j] * (1.0f + erff(z[j] * 0.707106781f));',
  softmax: `float top = z[0], total = 0.0f;
  for (int j = 1; j < n; j++) if (z[j] > top) top = z[j];
  for (int j = 0; j < n; j++) total += z[j] = expf(z[j] - top);
  for (int j = 0; j < n; j++) z[j] /= total;`,
} as const;

function cHeader(model: Model): string {
  const { about, mean, factor, target, members, precision } = model;
  const name = `patience_${
    about.data
      .replace(/\.[a-z]+$/i, '')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .slice(0, 40) || 'table'
  }`;
  const [D, K, R] = [mean.length, members[0]!.at(-1)!.units, members.length];
  const several = R > 1;
  const layers = members[0]!.map((_, l) => members.map((member) => member[l]!));
  const width = Math.max(D, ...members[0]!.map(({ units }) => units));
  const scales = precision === 'int8';
  const used = [...new Set(members[0]!.map(({ activation }) => activation))].filter((a) => ACTIVATIONS[a]);
  const normalised = members[0]!.some(({ norm }) => norm);
  const steps = layers.map(([layer], l) => {
    const { inputs, units, norm, activation } = layer!;
    const at = `${name}_${l}`;
    const [from, to] = l % 2 ? ['b', 'a'] : ['a', 'b'];
    const vector = (rest: string) => `${at}_${rest} + member * ${units}`;
    return [
      `  ${name}_dense(${from}, ${to}, ${at}_kernel + member * ${inputs * units}, ${scales ? `${vector('scales')}, ` : ''}${vector('bias')}, ${inputs}, ${units});`,
      ...(norm ? [`  ${name}_norm(${to}, ${vector('gains')}, ${vector('shifts')}, ${units});`] : []),
      ...(ACTIVATIONS[activation] ? [`  ${name}_${activation}(${to}, ${units});`] : []),
    ].join('\n');
  });
  const out = layers.length % 2 ? 'b' : 'a';
  const raw = target ? ` * ${literal(target.scale)} + ${literal(target.offset)}` : '';
  const inputs = about.inputs.map((input, i) => ` *   x[${i}]  ${inComment(input)}`).join('\n');
  const outputs =
    about.classes && K > 1
      ? about.classes.map((label, k) => ` *   y[${k}]  probability of ${inComment(label)}`)
      : [` *   y[0]  ${inComment(about.output)}`];
  const sd = several ? ', float *sd' : '';
  return `/*
 * ${inComment(sentenceOf(about))}
 *
 * ${name}_predict(x, y${several ? ', sd' : ''}) takes raw values and gives${several ? ` the mean of ${R} networks and their standard deviation` : ''}:
${inputs}
${outputs.join('\n')}
 *
 * Self-test: compile with -D${name.toUpperCase()}_SELF_TEST; ${name}_self_test() gives the largest difference to 8 known outputs.
 *
 * ${jsonInComment(JSON.stringify(about))}
 */
#ifndef ${name.toUpperCase()}_H
#define ${name.toUpperCase()}_H

#include <math.h>

${array(`${name}_mean`, 'float', [D], mean)}
${array(`${name}_factor`, 'float', [D], factor)}
${layers.flatMap((layer, l) => arraysOf(`${name}_${l}`, layer, precision)).join('\n')}

static inline void ${name}_dense(const float *x, float *z, const ${scales ? 'signed char' : 'float'} *kernel, ${scales ? 'const float *scales, ' : ''}const float *bias, int inputs, int units) {
  for (int j = 0; j < units; j++) {
    float sum = 0.0f;
    for (int i = 0; i < inputs; i++) sum += x[i] * ${scales ? '(float)' : ''}kernel[i * units + j];
    z[j] = ${scales ? 'sum * scales[j]' : 'sum'} + bias[j];
  }
}
${normalised ? norm(name) : ''}${used.map((activation) => `\nstatic inline void ${name}_${activation}(float *z, int n) {\n  ${ACTIVATIONS[activation]}\n}\n`).join('')}
static inline void ${name}_member(int member, const float *x, float *y) {
  float a[${width}], b[${width}];
  for (int i = 0; i < ${D}; i++) a[i] = (x[i] - ${name}_mean[i]) * ${name}_factor[i];
${steps.join('\n')}
  for (int k = 0; k < ${K}; k++) y[k] = ${out}[k]${raw};
}

/* x: ${D} raw values; y${several ? ' and sd' : ''}: ${K}. */
static inline void ${name}_predict(const float *x, float *y${sd}) {
${several ? spread(name, R, K) : `  ${name}_member(0, x, y);`}
}

#ifdef ${name.toUpperCase()}_SELF_TEST
${array(`${name}_check_x`, 'float', [8, D], about.check.inputs.flat())}
${array(`${name}_check_y`, 'float', [8, K], about.check.outputs.flat())}
static inline float ${name}_self_test(void) {
  float worst = 0.0f, y[${K}]${several ? `, sd[${K}]` : ''};
  for (int n = 0; n < 8; n++) {
    ${name}_predict(${name}_check_x + n * ${D}, y${several ? ', sd' : ''});
    for (int k = 0; k < ${K}; k++) {
      float apart = fabsf(y[k] - ${name}_check_y[n * ${K} + k]);
      if (!(apart <= worst)) worst = apart;
    }
  }
  return worst;
}
#endif

#endif
`;
}

const norm = (name: string) => `
static inline void ${name}_norm(float *z, const float *gains, const float *shifts, int n) {
  float mean = 0.0f, variance = 0.0f;
  for (int j = 0; j < n; j++) mean += z[j] / (float)n;
  for (int j = 0; j < n; j++) variance += (z[j] - mean) * (z[j] - mean) / (float)n;
  for (int j = 0; j < n; j++) z[j] = gains[j] * (z[j] - mean) / sqrtf(variance + ${literal(NORM_EPSILON)}) + shifts[j];
}
`;

/** Welford's: no array as long as the ensemble. */
const spread = (name: string, R: number, K: number) => `  float one[${K}];
  for (int k = 0; k < ${K}; k++) y[k] = sd[k] = 0.0f;
  for (int member = 0; member < ${R}; member++) {
    ${name}_member(member, x, one);
    for (int k = 0; k < ${K}; k++) {
      float apart = one[k] - y[k];
      y[k] += apart / (float)(member + 1);
      sd[k] += apart * (one[k] - y[k]);
    }
  }
  for (int k = 0; k < ${K}; k++) sd[k] = sqrtf(sd[k] / ${literal(R - 1)});`;

/** Words that cannot end a comment, begin one, or be a trigraph: names of columns come from strangers. */
const inComment = (text: string) =>
  text
    .replace(/[^\x20-\x7e]+/g, '?')
    .replaceAll('*/', '* /')
    .replaceAll('/*', '/ *')
    .replace(/\?(?=\?)/g, '? ');

/** The same JSON, of characters that mean nothing in a comment. */
const jsonInComment = (json: string) =>
  json.replace(/[^\x20-\x7e]|[?*/]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
