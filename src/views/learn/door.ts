/** @file What the page loads when the door to the lessons is opened. */
export { default as Page } from './Learn.svelte';
export { default as Actions } from './LearnActions.svelte';
export { default as MenuSheet } from './LearnMenu.svelte';
