/** @file Short messages to the reader: something was copied, deleted, or could not be done. */

export interface Notice {
  text: string;
  wrong: boolean;
  action: { label: string; run: () => void } | null;
}

class Notices {
  #current = $state.raw<Notice | null>(null);

  get current(): Notice | null {
    return this.#current;
  }

  say(text: string, action: Notice['action'] = null): void {
    this.#current = { text, wrong: false, action };
  }

  /** Says why something could not be done. */
  report(error: unknown): void {
    this.#current = { text: error instanceof Error ? error.message : String(error), wrong: true, action: null };
  }

  dismiss(): void {
    this.#current = null;
  }

  /** Does what the notice offers. */
  act(): void {
    const action = this.#current?.action;
    this.#current = null;
    action?.run();
  }

  /** Runs a verb; what it throws is said. */
  async attempt(verb: () => unknown): Promise<void> {
    try {
      await verb();
    } catch (error) {
      this.report(error);
    }
  }

  /** A part of the page whose code comes when it is first needed; null, which is said, where it does not come. */
  async part<T>(loading: Promise<T>): Promise<T | null> {
    try {
      return await loading;
    } catch {
      this.report('This part of the page could not be loaded. Reload the page.');
      return null;
    }
  }

  copy(text: string, said: string): Promise<void> {
    return this.attempt(async () => {
      await navigator.clipboard.writeText(text);
      this.say(said);
    });
  }
}

export const notices = new Notices();
