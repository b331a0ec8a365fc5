/** @file Copies the link to the experiment of a session. */
import { notices } from '../../session/notices.svelte.ts';
import type { Session } from '../../session/session.svelte.ts';

export const share = (session: Session) => notices.copy(session.share(), 'The link to this experiment was copied.');
