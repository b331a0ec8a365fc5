/** @file What the page loads when the door to the reader's own logs is opened. */
import { logs } from '../../session/logs/logs.svelte.ts';

export { default as Page } from './Logs.svelte';
export { default as Actions } from './LogActions.svelte';
export { default as MenuSheet } from './LogMenu.svelte';

/** Takes the text of a metric history that was brought to another door. */
export const bring = (text: string): Promise<boolean> => logs.readText(text);
