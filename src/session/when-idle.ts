/** @file For what can wait until after the first paint and whatever else the page has to do at once. */

export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 200); // Safari
}
