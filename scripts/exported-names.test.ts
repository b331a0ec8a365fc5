/** @file Every exported name of the production files is declared once. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { exportedNames, sharedNames } from './exported-names.js';

/** Each of these is one contract that many files keep: a data set's only export, a command's entry, and a worker's. */
const CONTRACTS: Readonly<Record<string, RegExp>> = {
  dataset: /^datasets\/[^/]+\/dataset\.ts$/,
  main: /^src\/cli\/[a-z]+\.ts$/,
  receive: /^src\/workers\/[a-z-]+\.ts$/,
};

it('reads every kind of declaration', () => {
  const text = `
    export const a = 1, { b, c: [d] } = x;
    export function e(): void; export function e() {}
    export async function* f() {}
    export abstract class G {} export interface H {} export type I = H; export enum J {}
    const hidden = 0; export { hidden }; export * from './else.ts'; export default hidden;`;
  expect(exportedNames(text)).toEqual(['a', 'b', 'd', 'e', 'e', 'f', 'G', 'H', 'I', 'J']);
});

it('finds the name that two files export', () => {
  const modules = [
    ['a.ts', 'export const one = 1; export type Two = 2;'],
    ['b.ts', 'export interface Two {} const one = 1;'],
  ] as const;
  expect([...sharedNames(modules)]).toEqual([['Two', ['a.ts', 'b.ts']]]);
});

it('every name is exported by one file, but for the contracts', () => {
  const files = ['src', 'datasets', 'bench'].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .map((file) => `${room}/${file.replaceAll(path.sep, '/')}`)
      .filter((file) => file.endsWith('.ts') && !/\.(test|testing|d|d\.as)\.ts$/.test(file)),
  );
  expect(files.length).toBeGreaterThan(250);
  const shared = [...sharedNames(files.map((file) => [file, readFileSync(file, 'utf8')] as const))];
  expect(shared.filter(([name, where]) => !where.every((file) => CONTRACTS[name]?.test(file)))).toEqual([]);
});
