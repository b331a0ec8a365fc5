/** @file What the page loads when the door to the reader's own logs is opened. */
import { labSource } from '../../session/lab/lab-source.ts';

export { default as Page } from './Logs.svelte';

/** Takes the text of a metric history that was brought to another door. */
export const bring = (text: string): void => labSource().bring(text);
