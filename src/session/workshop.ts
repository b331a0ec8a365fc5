/** @file The one session of the workshop: begun when it is first asked for, and kept while other doors are open. */
import { lasting } from './lasting.svelte.ts';
import { Session } from './session.svelte.ts';
import { warnBeforeLeaving } from './warn-before-leaving.svelte.ts';

let session: Session | undefined;

export function workshopSession(): Session {
  return (session ??= lasting(() => {
    const begun = new Session();
    warnBeforeLeaving(begun);
    return begun;
  }));
}
