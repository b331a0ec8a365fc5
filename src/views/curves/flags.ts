/** @file The flag strip: one mark for each stop, stacked where they coincide, so that the stopping time is a histogram. */

export interface Flag {
  replica: number;
  stop: number;
  /** px of the mark's foot, and how far above the base it stands. */
  x: number;
  rise: number;
}

export interface FlagStack {
  flags: Flag[];
  /** px from one mark to the next above it. */
  pitch: number;
}

/** Sizes of a mark in px, from a pennant down to a dot: the largest that lets every stack fit is taken. */
const PITCHES = [6, 5, 4, 3, 2];

/**
 * Stacks the marks of those replicas that stopped. Marks get smaller rather than being left out; at the smallest size a
 * stack that is still too high goes on beside itself.
 */
export function stackFlags(
  stops: readonly { replica: number; stop: number }[],
  x: (epoch: number) => number,
  height: number,
): FlagStack {
  const sorted = [...stops].sort((a, b) => a.stop - b.stop || a.replica - b.replica);
  const places = sorted.map(({ stop }) => x(stop));
  for (const pitch of PITCHES) {
    const levels = levelsOf(places, pitch);
    const room = Math.max(1, Math.floor(height / pitch));
    if (pitch !== PITCHES.at(-1) && levels.some((level) => level >= room)) continue;
    const flags = sorted.map(({ replica, stop }, i) => ({
      replica,
      stop,
      x: places[i]! + Math.floor(levels[i]! / room) * pitch,
      rise: (levels[i]! % room) * pitch,
    }));
    return { flags, pitch };
  }
  throw new Error('flags: no size was tried');
}

/** The lowest level at which each mark does not touch one left of it. */
function levelsOf(places: readonly number[], pitch: number): number[] {
  const last: number[] = [];
  return places.map((place) => {
    let level = 0;
    while (level < last.length && place - last[level]! < pitch + 0.5) level++;
    last[level] = place;
    return level;
  });
}
