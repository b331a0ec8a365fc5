/** @file Opens what a reader drops, chooses or pastes; what reads it comes when there is something to read. */
import { csvDialog } from '../../session/csv-import.svelte.ts';
import { loadPart } from '../../session/load-part.ts';
import { notices } from '../../session/notices.svelte.ts';
import type { Session } from '../../session/session.svelte.ts';

export const open = (session: Session, brought: File | string): Promise<void> =>
  notices.attempt(async () => {
    const { openBrought } = await loadPart(() => import('../../session/open-brought.ts'));
    await openBrought(session, brought, { csvDialog, notices, toLogs: (text) => void toLogs(text) });
  });

const toLogs = (text: string): Promise<void> =>
  notices.attempt(async () => {
    const { bring } = await loadPart(() => import('../logs/door.ts'));
    location.hash = '#/logs';
    // What cannot be read is said there, beside the text.
    await bring(text);
  });

const FIELDS = 'input, textarea, select, [contenteditable]';

/** What a paste brings to the page itself: a file, or a text that is more than a word; null for one into a field. */
export function pasted({ target, clipboardData }: ClipboardEvent): File | string | null {
  if (target instanceof Element && target.closest(FIELDS)) return null;
  const [file] = clipboardData?.files ?? [];
  const text = clipboardData?.getData('text').trim() ?? '';
  return file ?? (/\n|^[[{#]|^https?:/.test(text) ? text : null);
}
