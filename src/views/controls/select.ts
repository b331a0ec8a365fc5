/** @file A select that always shows the value in use: a native one would keep a choice that was refused. */
import { tick } from 'svelte';

type Picked = Event & { currentTarget: HTMLSelectElement };

/** The `onchange` of a list: hands over what was picked, then puts the list back on what is in use. */
export function picking<T extends string>(take: (value: T) => void, inUse: () => T): (event: Picked) => Promise<void> {
  return async ({ currentTarget: list }) => {
    take(list.value as T);
    await tick();
    list.value = inUse();
  };
}
