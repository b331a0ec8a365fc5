/** @file What the page loads when the workshop is opened. */
export { default as Page } from './Workshop.svelte';
export { default as Actions } from './WorkshopActions.svelte';
export { default as MenuSheet } from './WorkshopMenu.svelte';
