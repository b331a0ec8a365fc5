/** @file What the page loads when the door to the reader's own logs is opened. */
export { default as Page } from './Logs.svelte';
