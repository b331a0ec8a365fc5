/** @file Light or dark: as the system has it, or as the reader chose. index.html applies it before the first paint. */
import { MediaQuery } from 'svelte/reactivity';
import { localStore } from './local-storage.ts';

export const THEMES = ['automatic', 'light', 'dark'] as const;
export type ThemeName = (typeof THEMES)[number];

const KEY = 'patience-theme';

export class Theme {
  #choice = $state<ThemeName>(remembered());
  readonly #dark = new MediaQuery('prefers-color-scheme: dark');

  constructor() {
    $effect.root(() => {
      $effect(() => {
        const automatic = this.#dark.current ? 'dark' : 'light';
        document.documentElement.dataset.theme = this.#choice === 'automatic' ? automatic : this.#choice;
      });
    });
  }

  get choice(): ThemeName {
    return this.#choice;
  }

  cycle(): void {
    this.#choice = THEMES[(THEMES.indexOf(this.#choice) + 1) % THEMES.length] ?? 'automatic';
    remember(this.#choice);
  }
}

function remembered(): ThemeName {
  const stored = localStore()?.getItem(KEY);
  return THEMES.find((name) => name === stored) ?? 'automatic';
}

function remember(choice: ThemeName): void {
  if (choice === 'automatic') localStore()?.removeItem(KEY);
  else localStore()?.setItem(KEY, choice);
}
