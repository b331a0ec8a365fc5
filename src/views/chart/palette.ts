/** @file Colours, opacities and gutters of the style sheet for canvas drawing, read again when they change. */
import { createSubscriber } from 'svelte/reactivity';

const LINES = ['train', 'val', 'test', 'bias', 'var', 'noise', 'val-l', 'var-l'] as const;
const WORDS = ['train-t', 'val-t', 'test-t', 'bias-t', 'var-t', 'noise-t'] as const;
const NEUTRAL = ['paper', 'ink', 'ink2', 'ink3', 'edge', 'rule', 'rule2', 'wash'] as const;
const LANDSCAPE = ['h0', 'h1', 'h2', 'h3', 'h4'] as const;
const COLOURS = [...NEUTRAL, ...LINES, ...WORDS, ...LANDSCAPE];

/** Opacities, and the gutters of the charts in px: left and right of the epoch charts, of the middle column. */
const NUMBERS = ['line-live', 'line-ghost', 'fit', 'band', 'gl', 'gr', 'ml', 'mr'] as const;

export type Palette = Readonly<Record<(typeof COLOURS)[number], string> & Record<(typeof NUMBERS)[number], number>>;

/** The widths at which the style sheet changes its gutters, and where its colours change by themselves. */
const BREAKPOINTS = [
  '(max-width: 1279px)',
  '(max-width: 979px)',
  '(prefers-color-scheme: dark)',
  '(forced-colors: active)',
];

let read: Palette | null = null;

const subscribe = createSubscriber((update) => {
  const forget = () => {
    read = null;
    update();
  };
  const theme = new MutationObserver(forget);
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const queries = BREAKPOINTS.map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', forget);
  return () => {
    theme.disconnect();
    for (const query of queries) query.removeEventListener('change', forget);
    read = null;
  };
});

/** The tokens as they are now; inside an effect or a template this follows the theme and the page's width. */
export function palette(): Palette {
  subscribe();
  if (read) return read;
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  read = Object.fromEntries([
    ...COLOURS.map((name) => [name, token(name)]),
    ...NUMBERS.map((name) => [name, parseFloat(token(name))]),
  ]) as Palette;
  return read;
}
