/** @file The one session of the workshop: begun when it is first asked for, and kept while other doors are open. */
import { lasting } from './lasting.svelte.ts';
import { Session } from './session.svelte.ts';

let session: Session | undefined;

export function workshopSession(): Session {
  return (session ??= lasting(() => new Session()));
}
