/** @file How a component reaches the session and the door that is open: contexts, set by the page. */
import { getContext, setContext } from 'svelte';
import type { Doors } from './doors.svelte.ts';
import type { Session } from './session.svelte.ts';

const SESSION = Symbol('session');
const DOORS = Symbol('doors');

export const provideSession = (session: Session): Session => setContext(SESSION, session);
export const useSession = (): Session => getContext<Session>(SESSION);

export const provideDoors = (doors: Doors): Doors => setContext(DOORS, doors);
export const useDoors = (): Doors => getContext<Doors>(DOORS);
