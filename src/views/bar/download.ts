/** @file Starts the browser's download of a file. */
import type { ExportFile } from '../../exports/files.ts';

/** Browsers read the address after the click; by then it must not have been given back. */
const KEPT_MS = 60_000;

export function download({ name, mime, bytes }: ExportFile): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
