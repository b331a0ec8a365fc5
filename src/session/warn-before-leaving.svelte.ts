/** @file Asks before the page is closed or loaded again while it holds a run that was not saved; else the browser is left alone. */
import type { Session } from './session.svelte.ts';

/** To be called where effects may begin, such as in `lasting`. */
export function warnBeforeLeaving(session: Session): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  $effect(() => {
    if (!session.unsaved) return;
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  });
}
