/** @file Builds a folder as the page is built, and serves the result on a free port. */
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const here = fileURLToPath(new URL('..', import.meta.url));

export interface Site {
  url: string;
  /** Where the files are. */
  folder: string;
  close(): Promise<void>;
}

/** `root` is a folder of the repository with an index.html, `name` where its build is kept meanwhile. */
export async function siteOf(root: string, name: string): Promise<Site> {
  const folder = `${here}node_modules/.cache/patience-bench/${name}`;
  const shared = { root: here + root, configFile: `${here}vite.config.ts`, logLevel: 'error' } as const;
  await build({ ...shared, build: { outDir: folder, emptyOutDir: true } });
  const server = await preview({
    ...shared,
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 20_000 + Math.floor(Math.random() * 10_000) },
  });
  return { url: server.resolvedUrls!.local[0]!, folder, close: () => server.close() };
}
