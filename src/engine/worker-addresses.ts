/** @file Where browsers ask for it, says that the scripts of this site's own folder may be started as workers. */

/** What the page and its workers have; the libraries of TypeScript do not describe Trusted Types yet. */
interface BrowserScope {
  location: { href: string; origin: string };
  trustedTypes?: {
    defaultPolicy: object | null;
    createPolicy(name: 'default', rules: { createScriptURL: (url: string) => string }): object;
  };
}

/**
 * To be called before a worker is started: the page's content security policy lets a script's address pass only through
 * a policy. Once a thread is enough, more do no harm. Throws for an address of another origin when it is used.
 */
export function allowOwnWorkers(): void {
  const { trustedTypes, location } = globalThis as unknown as BrowserScope;
  if (!trustedTypes || trustedTypes.defaultPolicy) return;
  trustedTypes.createPolicy('default', {
    createScriptURL: (url) => {
      if (new URL(url, location.href).origin === location.origin) return url;
      throw new TypeError(`A worker's script must come from ${location.origin}; "${url}" does not.`);
    },
  });
}
