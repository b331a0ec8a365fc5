/** @file State that outlives the component that first asks for it. */

/** Makes something with derived values, which would end with the component in which they are made. */
export function lasting<T>(make: () => T): T {
  let made!: T;
  $effect.root(() => {
    made = make();
  });
  return made;
}
