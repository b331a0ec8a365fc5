/**
 * @file Loads what keeping and exporting a run needs before anybody asks for it: a run that was trained for an hour can
 * then be got out of the page also when the connection is down, or when a newer version of the page has been published.
 */

/** What does not come now is asked for again when it is needed, and said then. */
export async function preloadKeeping(): Promise<void> {
  await Promise.allSettled([
    import('../checkpoints/store.ts'),
    import('../engine/training/rewind.ts'),
    import('../exports/network.ts'),
    import('../stopping/experiment-policy.ts'),
    import('../words/setting-names.ts'),
    import('./export-run.ts'),
    import('../exports/registry.ts').then(({ EXPORTS }) =>
      Promise.allSettled(Object.values(EXPORTS).map(({ load }) => load())),
    ),
  ]);
}
