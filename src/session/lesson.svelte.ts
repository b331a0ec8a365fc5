/** @file Which lesson is open, and whether its answer is still covered. */

export class LessonState {
  #id = $state<string | null>(null);
  #revealed = $state(false);

  get id(): string | null {
    return this.#id;
  }

  /** Whether what would give the answer away stays covered. */
  get hidden(): boolean {
    return this.#id !== null && !this.#revealed;
  }

  open(id: string): void {
    this.#id = id;
    this.#revealed = false;
  }

  reveal(): void {
    this.#revealed = true;
  }

  leave(): void {
    this.#id = null;
  }
}
