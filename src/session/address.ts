/**
 * @file What an address of the page names: one of its doors, a place behind it, and what is said after a question mark.
 * `#/workshop/false-stops?v=3&seed=4` and, as links were written first, `#v=3&seed=4` for the workshop.
 */

export const DOORS = ['learn', 'workshop', 'logs'] as const;
export type DoorId = (typeof DOORS)[number];

export interface DoorPlace {
  door: DoorId;
  /** What follows the door, such as a tool of the lab. */
  path: readonly string[];
  /** What follows the question mark, as it stands there; empty where there is none. */
  query: string;
}

/** The place of an address; null where it names none, and the reason where it tries to. */
export function placeIn(hash: string): { place: DoorPlace | null; trouble: string } {
  const text = hash.replace(/^#/, '');
  if (text === '' || text === '/') return { place: null, trouble: '' };
  if (!text.startsWith('/')) {
    if (isLink(text)) return { place: { door: 'workshop', path: [], query: text }, trouble: '' };
    return { place: null, trouble: unknown(text) };
  }
  const [names = '', ...rest] = text.slice(1).split('?');
  const [name, ...path] = names.split('/').filter((part) => part !== '');
  const door = DOORS.find((id) => id === name);
  if (door === undefined) return { place: null, trouble: unknown(text) };
  return { place: { door, path, query: rest.join('?') }, trouble: '' };
}

/** The address of a place, from its `#` on. */
export function addressOf({ door, path, query }: DoorPlace): string {
  return `#/${[door, ...path].join('/')}${query === '' ? '' : `?${query}`}`;
}

/** The link to an experiment in an address, in the form `#v=3&…`; empty where there is none. */
export function experimentLinkIn(hash: string): string {
  const { place } = placeIn(hash);
  return place?.door === 'workshop' && isLink(place.query) ? `#${place.query}` : '';
}

const isLink = (text: string) => /(^|&)v=/.test(text);

const MOST_SHOWN = 60;

function unknown(text: string): string {
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)} …` : text;
  return `The address ends in "#${shown}", which names no part of this page. Choose one above.`;
}
