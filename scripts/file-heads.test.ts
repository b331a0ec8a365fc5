/** @file Every file says first what it is for; one of more than 250 lines also says why it is that long. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const MOST_LINES = 250;
const CODE = /\.(ts|js|cjs|as|py|svelte|css)$/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => CODE.test(file))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

it('every file of code begins with its purpose', () => {
  const silent = files.filter(
    ({ file, text }) => /\.(ts|js|cjs|as)$/.test(file) && !/^\/\*\*?\s+(\* )?@file /.test(text),
  );
  expect(silent.map(({ file }) => file)).toEqual([]);
});

it('every component begins with its purpose', () => {
  const silent = files.filter(({ file, text }) => file.endsWith('.svelte') && !/^<!--\s+@component /.test(text));
  expect(silent.map(({ file }) => file)).toEqual([]);
});

it('a file of more than 250 lines says why in its first comment, after "Long:"', () => {
  const long = files.filter(({ text }) => text.split('\n').length - 1 > MOST_LINES);
  const unexplained = long.filter(({ text }) => !text.slice(0, text.search(/\*\/|-->/)).match(/Long:\s/));
  expect(unexplained.map(({ file }) => file)).toEqual([]);
});
