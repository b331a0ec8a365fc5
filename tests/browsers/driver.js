/** @file What the scenario asks of a browser; firefox.js and webkit.js answer it through two different protocols. */

/**
 * @typedef {object} Driver
 * @property {string} version name and version, e.g. "Firefox 153.8.0"
 * @property {string} downloads the folder that files taken from the page go to
 * @property {(url: string) => Promise<void>} open loads a page, also one that is already open
 * @property {<A extends unknown[], R>(look: (...args: A) => R, ...args: A) => Promise<R>} evaluate calls a function in the
 *   page; it sees nothing but its arguments, which like its result are plain data
 * @property {(steps: PointerStep[]) => Promise<void>} point moves and presses the mouse
 * @property {(text: string) => Promise<void>} type presses the keys of a text where the focus is, `\n` for Enter
 * @property {(css: string, file: string) => Promise<void>} choose gives a file to the page's file field
 * @property {(width: number, height: number) => Promise<void>} resize the page, CSS px, as far as the window can
 * @property {() => Promise<Uint8Array>} screenshot of what is in view, as PNG
 * @property {() => Promise<void>} close
 */

/** @typedef {{ do: 'move' | 'down' | 'up', x: number, y: number }} PointerStep CSS px of the viewport */

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {string[]} packages of Debian that bring it
 * @property {() => string[]} missing programs that it needs and that are not there
 * @property {(folder: string) => Promise<Driver>} start in a profile of its own, within a folder for its files
 */

export {};
