/** @file Short messages to the reader: something was copied, deleted, or could not be done. */
import { PART_MISSING } from './load-part.ts';

export interface Notice {
  text: string;
  wrong: boolean;
  action: { label: string; run: () => void } | null;
  /** Text for the reader to copy, where the page may not. */
  toCopy: string | null;
}

/** Nobody reads more at once; a value that was refused may be as long as it likes. */
const MOST_CHARACTERS = 600;

class Notices {
  #current = $state.raw<Notice | null>(null);

  get current(): Notice | null {
    return this.#current;
  }

  say(text: string, action: Notice['action'] = null): void {
    this.#put({ text, action });
  }

  /** Says why something could not be done. */
  report(error: unknown): void {
    this.#put({ text: error instanceof Error ? error.message : String(error), wrong: true });
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
      this.report(PART_MISSING);
      return null;
    }
  }

  /** Copies, or shows the text for the reader to copy: browsers let a page do it only over https, and not always then. */
  async copy(text: string, said: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.say(said);
    } catch {
      this.#put({ text: 'This browser does not let the page copy. Copy it from here:', toCopy: text });
    }
  }

  #put({ text, ...rest }: Partial<Notice> & { text: string }): void {
    const cut = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)} …` : text;
    this.#current = { wrong: false, action: null, toCopy: null, ...rest, text: cut };
  }
}

export const notices = new Notices();
