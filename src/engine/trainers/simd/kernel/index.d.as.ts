/** @file The compiled kernel: see scripts/assemblyscript.js. */
declare const bytes: Uint8Array<ArrayBuffer>;
export default bytes;
