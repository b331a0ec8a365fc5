/** @file No files import each other in a circle, within a room or across rooms. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { importCircles } from './import-circles.js';

it('finds circles of every kind of import', () => {
  const circles = importCircles([
    ['a/one.ts', "import { x } from '../b/two.ts';\nexport * from './three.ts';"],
    ['b/two.ts', "import type { y } from './four.svelte.ts';"],
    ['b/four.svelte.ts', "const lazily = () => import('../a/one.ts');"],
    ['a/three.ts', "import './five.wasm?url';\nimport {\n  z,\n} from './six.ts';"],
    ['a/six.ts', "type Three = typeof import('./three.ts');"],
    ['a/seven.ts', "import { x } from './one.ts';"],
  ]);
  expect(circles).toEqual([
    ['a/one.ts', 'b/four.svelte.ts', 'b/two.ts'],
    ['a/six.ts', 'a/three.ts'],
  ]);
});

it('lets a component show itself', () => {
  expect(importCircles([['a/Tree.svelte', "import Tree from './Tree.svelte';"]])).toEqual([]);
});

it('there is none', () => {
  const files = ['src', 'datasets', 'bench', 'scripts'].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .map((file) => `${room}/${file.replaceAll(path.sep, '/')}`)
      .filter((file) => /\.(ts|js|svelte)$/.test(file)),
  );
  expect(files.length).toBeGreaterThan(400);
  expect(importCircles(files.map((file) => [file, readFileSync(file, 'utf8')] as const))).toEqual([]);
});
