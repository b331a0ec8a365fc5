/** @file The kernel's own source has the same records, the same tile and its enums in the same order. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PURPOSES } from '../../random.ts';
import { ACTIVATION_KINDS, OBJECTIVE_KINDS, OPTIMIZER_KINDS } from './kinds.ts';
import { COEFFICIENTS, LAYER, PLAN, REPLICA, TILE } from './records.ts';

const sourceOf = (name: string) => readFileSync(new URL(`kernel/${name}.as`, import.meta.url), 'utf8');
const plan = sourceOf('plan');

it.each(Object.entries({ Layer: LAYER, Plan: PLAN, Replica: REPLICA, Coefficients: COEFFICIENTS }))(
  'the class %s has these fields in this order',
  (name, fields) => {
    const body = new RegExp(`export class ${name} \\{(.*?)\\n\\}`, 's').exec(plan)![1]!;
    const own = [...body.matchAll(/^ {2}(\w+): (\w+);$/gm)].map(([, field, type]) => [
      field,
      type === 'f32' ? 'f32' : 'u32',
    ]);
    expect(own).toEqual(Object.entries(fields));
  },
);

it('a tile has as many points', () => {
  expect(plan).toContain(`export const TILE: i32 = ${TILE};`);
});

const pascal = (name: string) => name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());

it.each([
  ['activations', 'Activation', ACTIVATION_KINDS],
  ['objectives', 'Objective', OBJECTIVE_KINDS],
  ['optimizers', 'Optimizer', OPTIMIZER_KINDS],
])('%s.as numbers each %s as kinds.ts does', (file, name, kinds: Record<string, number>) => {
  const members = new RegExp(`enum ${name} \\{(.*?)\\}`, 's').exec(sourceOf(file))![1]!;
  const numbered = [...members.matchAll(/\w+/g)].map(([member], number) => [member.toLowerCase(), number]);
  expect(numbered.sort()).toEqual(
    Object.entries(kinds)
      .map(([member, number]) => [pascal(member).toLowerCase(), number])
      .sort(),
  );
});

it('purposes of random numbers have the numbers of random.ts', () => {
  const members = /enum Purpose \{(.*?)\}/s.exec(sourceOf('disturbance'))![1]!;
  const numbered = [...members.matchAll(/(\w+) = (\d+)/g)].map(([, name, number]) => [name, Number(number)]);
  expect(numbered).toEqual((['dropout', 'input-noise'] as const).map((name) => [pascal(name), PURPOSES.indexOf(name)]));
});
