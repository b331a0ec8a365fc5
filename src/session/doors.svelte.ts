/** @file Which door of the page is open: as the address says or, where it says nothing, the door that was used last. */
import { addressOf, DOORS, placeIn, type DoorId, type DoorPlace } from './address.ts';
import { COURSE_LESSONS } from '../lessons/course/index.ts';
import { localStore } from './local-storage.ts';
import { notices } from './notices.svelte.ts';

const KEY = 'patience-door';

export class Doors {
  #place = $state.raw<DoorPlace>(lastUsed());
  /** How far each door was scrolled when it was left, in pixels. */
  readonly #scrolled = new Map<DoorId, number>();

  constructor() {
    this.read();
  }

  get place(): DoorPlace {
    return this.#place;
  }

  /** Takes what the address says now. */
  read(): void {
    const { place, trouble } = placeIn(location.hash);
    if (trouble !== '') notices.report(trouble);
    if (place === null) return;
    if (place.door !== this.#place.door) this.#scrolled.set(this.#place.door, scrollY);
    this.#place = place;
    localStore()?.setItem(KEY, place.door);
  }

  /**
   * Another place behind the same door: the address changes, the history does not grow. The workshop writes its settings
   * into the address by itself: they stay.
   */
  replace(next: DoorPlace): void {
    const written = next.door === 'workshop' ? placeIn(location.hash).place?.query : undefined;
    const place = { ...next, query: written ?? next.query };
    history.replaceState(history.state, '', addressOf(place));
    this.#place = place;
  }

  /** Scrolls to where the door that is open was left, unless the address names a place behind it. */
  scrollBack(): void {
    if (this.#place.path.length === 0) scrollTo(0, this.#scrolled.get(this.#place.door) ?? 0);
  }
}

/** Who comes for the first time begins with the first lesson. */
function lastUsed(): DoorPlace {
  const kept = localStore()?.getItem(KEY);
  const door = DOORS.find((id) => id === kept);
  return door ? { door, path: [], query: '' } : { door: 'learn', path: [COURSE_LESSONS[0]!.id, 'ask'], query: '' };
}
