/** @file How a component reaches the session, the rule under the hand and the door that is open: contexts, set by the page. */
import { getContext, setContext } from 'svelte';
import type { Doors } from './doors.svelte.ts';
import type { RuleDesk } from './rule-desk.ts';
import type { Session } from './session.svelte.ts';

const SESSION = Symbol('session');
const RULE = Symbol('rule');
const DOORS = Symbol('doors');

/** The rule under the hand is then that of the session. */
export function provideSession(session: Session): Session {
  provideRuleDesk({ settings: session.settings, rule: session.replays.rule, view: session.view });
  return setContext(SESSION, session);
}
export const useSession = (): Session => getContext<Session>(SESSION);

export const provideRuleDesk = (desk: RuleDesk): RuleDesk => setContext(RULE, desk);
export const useRuleDesk = (): RuleDesk => getContext<RuleDesk>(RULE);

export const provideDoors = (doors: Doors): Doors => setContext(DOORS, doors);
export const useDoors = (): Doors => getContext<Doors>(DOORS);
