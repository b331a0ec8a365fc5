/** @file The C of a header: its arrays are the network's, and no name gets out of its comment. gcc compiles it in conformance/. */
import { expect, test } from 'vitest';
import { BASE_NETWORK, randomNetwork } from '../network.testing.ts';
import { modelOf } from './build-model.ts';
import { cHeaderFile } from './c-header.ts';
import type { ModelMaterial, ModelOptions } from './model.ts';

const c = { ...BASE_NETWORK, hidden: [5, 4], layerNorm: true, features: 2, mean: [1, 2], sd: [3, 4] };
const header = (material: ModelMaterial, options?: ModelOptions) =>
  new TextDecoder().decode(cHeaderFile(material, options).bytes);

/** The numbers of an array by the end of its name. */
function arrayIn(text: string, name: string): number[] {
  const found = new RegExp(
    `static const (float|signed char) patience_my_rows_${name}\\[[^\\]]*\\] = \\{([^}]*)\\};`,
  ).exec(text);
  return found![2]!.split(',').map((number) => {
    if (found![1] === 'float') expect(number.trim()).toMatch(/^-?\d+(\.\d+)?(e[+-]?\d+)?f$/);
    return Number(number.replace('f', ''));
  });
}

test('every number of the network is in its array, as a literal that gives the float back', () => {
  const material = randomNetwork(c);
  const { members, mean } = modelOf(material);
  const text = header(material);
  expect(arrayIn(text, 'mean').map(Math.fround)).toEqual([...mean]);
  members[0]!.forEach(({ kernel, bias, norm }, l) => {
    expect(arrayIn(text, `${l}_kernel`).map(Math.fround)).toEqual([...kernel]);
    expect(arrayIn(text, `${l}_bias`).map(Math.fround)).toEqual([...bias]);
    if (norm) expect(arrayIn(text, `${l}_gains`).map(Math.fround)).toEqual([...norm.gains]);
  });
  expect(text.match(/#include <[^>]*>/g)).toEqual(['#include <math.h>']);
  expect(text).not.toMatch(/malloc|printf/);
});

test('int8: whole numbers and a scale for each unit of each member', () => {
  const material = randomNetwork(c);
  const [first] = material.network.members;
  const members = [first!, { ...first!, replica: 4, weights: first!.weights.toReversed() }];
  const options = { precision: 'int8', sparsity: 0 } as const;
  const several = { ...material, network: { ...material.network, members } };
  const text = header(several, options);
  const kernels = modelOf(several, options).members.map((layers) => layers[1]!.kernel);
  const [codes, scales] = [arrayIn(text, '1_kernel'), arrayIn(text, '1_scales')];
  kernels.forEach((kernel, m) =>
    kernel.forEach((w, i) => expect(Math.fround(codes[m * 20 + i]! * Math.fround(scales[4 * m + (i % 4)]!))).toBe(w)),
  );
  expect(text).toContain('const signed char');
});

test('names of columns and data do not get out of their comment', () => {
  const { experiment, network } = randomNetwork(c);
  const inputs = ['*/ int main(void) { } /*', 'trigraph ??/ and ünïcode\n*/'];
  const text = header({ experiment, network: { ...network, inputs } });
  const [comment, rest] = [text.slice(0, text.indexOf('*/')), text.slice(text.indexOf('*/') + 2)];
  expect(rest.trimStart()).toMatch(/^#ifndef PATIENCE_MY_ROWS_H\n/);
  expect(comment.slice(2)).not.toMatch(/\/\*|\?\?/);
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  const json = /^ \* (\{.*\})$/m.exec(comment)![1]!;
  expect(JSON.parse(json)).toMatchObject({ inputs });
});
