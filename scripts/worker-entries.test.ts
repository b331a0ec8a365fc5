/** @file The check of a worker's build, on small builds made with the bundler itself and on outputs written by hand. */
import path from 'node:path';
import { build, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';
import { faultsOf, workerEntries } from './worker-entries.js';

/** A worker whose lazily loaded part shares code with what it loads at once. */
const MODULES: Record<string, string> = {
  'shared.js': 'export const shared = [Math.random()];',
  'lazy.js': 'import { shared } from "shared.js"; export const lazy = () => shared.length;',
  'main.js':
    'import { shared } from "shared.js"; export const receive = async () => (await import("lazy.js")).lazy() + shared.length;',
  'static.js': 'import { receive } from "main.js"; onmessage = receive;',
  'dynamic.js': 'const main = import("main.js"); onmessage = async () => (await main).receive();',
};

async function built(entry: string): Promise<Rolldown.RolldownOutput> {
  const modules = {
    name: 'modules',
    resolveId: (id: string) => (path.basename(id) in MODULES ? path.basename(id) : null),
    load: (id: string) => MODULES[id] ?? null,
  };
  // Like the build of a worker: no helper that preloads, and code may be placed in the entry.
  const [made] = (await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [modules, workerEntries],
    build: { write: false, lib: { entry, formats: ['es'] }, rolldownOptions: { preserveEntrySignatures: false } },
  })) as Rolldown.RolldownOutput[];
  return made!;
}

describe('the build of a worker', () => {
  it('is refused where a lazy chunk takes shared code from the entry', async () => {
    await expect(built('static.js')).rejects.toThrow(/lazy.*\.js imports .*\.js, a worker's entry/);
  });

  it('is sound where the entry holds nothing but a dynamic import', async () => {
    const { output } = await built('dynamic.js');
    expect(output.filter(({ type }) => type === 'chunk').length).toBeGreaterThan(2);
    expect(faultsOf(output)).toEqual([]);
  });
});

const chunk = (fileName: string, more = {}) => ({
  ...{ type: 'chunk' as const, fileName, isEntry: false, exports: [], imports: [], dynamicImports: [] },
  ...more,
});

it.each([
  ['a dynamic import of the entry', [chunk('lazy.js', { dynamicImports: ['entry.js'] })], 'lazy.js imports entry.js'],
  ['a static import of the entry', [chunk('lazy.js', { imports: ['entry.js'] })], 'lazy.js imports entry.js'],
])('%s is named', (_, others, fault) => {
  const faults = faultsOf([{ type: 'asset' }, chunk('entry.js', { isEntry: true }), ...others]);
  expect(faults).toEqual([expect.stringContaining(fault)]);
});

it('an entry that exports, or none at all, is named', () => {
  expect(faultsOf([chunk('entry.js', { isEntry: true, exports: ['t', 'n'] })])).toEqual([
    expect.stringContaining("entry.js, a worker's entry, exports t, n"),
  ]);
  expect(faultsOf([chunk('lazy.js')])).toEqual(['The build of a worker has no entry.']);
});
