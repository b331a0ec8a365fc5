/** @file Whether the reader is being asked for a CSV file, and which one was given. */

class CsvDialogState {
  #open = $state(false);
  #file = $state.raw<File | null>(null);

  get open(): boolean {
    return this.#open;
  }

  get file(): File | null {
    return this.#file;
  }

  ask(): void {
    this.#file = null;
    this.#open = true;
  }

  /** Reads this file, from the picker or dropped anywhere on the page. */
  give(file: File): void {
    this.#file = file;
    this.#open = true;
  }

  close(): void {
    this.#open = false;
    this.#file = null;
  }
}

export const csvDialog = new CsvDialogState();
