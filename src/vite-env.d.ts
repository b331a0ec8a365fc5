/** @file The types that Vite and Svelte add to imports. */
/// <reference types="vite/client" />
/// <reference types="svelte" />
