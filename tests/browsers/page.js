/** @file What a visitor does on the page, in terms of a driver: looks for things by name, clicks, drags, fills in, waits. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** @typedef {{ x: number, y: number, text: string, value: string | null }} Found the middle of an element, CSS px */

/**
 * Runs in the page. The one visible element of a selector, by the start of its name where one is given, scrolled into view.
 * @param {string} css
 * @param {string} name
 * @returns {Found | null}
 */
function look(css, name) {
  const nameOf = (/** @type {Element} */ element) =>
    element.getAttribute('aria-label') ??
    /** @type {HTMLInputElement} */ (element).labels?.[0]?.textContent ??
    element.textContent ??
    '';
  const found = [...document.querySelectorAll(css)].find(
    (element) => element.checkVisibility() && nameOf(element).trim().startsWith(name),
  );
  if (!found) return null;
  found.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const { left, top, width, height } = found.getBoundingClientRect();
  const { value, innerText } = /** @type {HTMLInputElement} */ (found);
  const rounded = { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
  return { ...rounded, text: (innerText ?? '').replace(/\s+/g, ' '), value: value ?? null };
}

export class Page {
  /** @param {import('./driver.js').Driver} driver */
  constructor(driver) {
    this.driver = driver;
  }

  /**
   * Waits until it is there and, where asked, says something.
   * @param {string} css
   * @param {{ name?: string, says?: RegExp, ms?: number }} [wanted]
   * @returns {Promise<Found>}
   */
  async find(css, { name = '', says = /(?:)/, ms = 10_000 } = {}) {
    const end = Date.now() + ms;
    for (;;) {
      const found = await this.driver.evaluate(look, css, name);
      if (found && says.test(found.text)) return found;
      if (Date.now() > end) {
        const heard = found ? `it says “${found.text}”` : 'it is not there';
        throw new Error(`${css} ${name && `“${name}” `}was to say ${String(says)} within ${ms / 1000} s; ${heard}.`);
      }
      await wait(50);
    }
  }

  /** @param {string} css @param {string} [name] */
  async click(css, name) {
    const at = await this.find(css, { name });
    await this.driver.point([
      { do: 'move', ...at },
      { do: 'down', ...at },
      { do: 'up', ...at },
    ]);
  }

  /** Takes hold of something and lets it go `dx` px to the right. @param {string} css @param {number} dx */
  async drag(css, dx) {
    const { x, y } = await this.find(css);
    const way = [1 / 4, 1 / 2, 3 / 4, 1].map((share) => ({ do: /** @type {const} */ ('move'), x: x + share * dx, y }));
    await this.driver.point([{ do: 'move', x, y }, { do: 'down', x, y }, ...way, { do: 'up', x: x + dx, y }]);
  }

  /** Replaces what a field holds; the text may end in Enter, `\n`. @param {string} css @param {string} name @param {string} text */
  async fill(css, name, text) {
    await this.click(css, name);
    await this.driver.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).select());
    await this.driver.type(text);
  }

  /**
   * Chooses from a select by the text of its option; the list itself is the browser's and not of the page.
   * @param {string} css
   * @param {string} option
   */
  async select(css, option) {
    await this.find(css);
    const there = await this.driver.evaluate(
      (css, option) => {
        const field = /** @type {HTMLSelectElement} */ (
          [...document.querySelectorAll(css)].find((element) => element.checkVisibility())
        );
        const chosen = [...field.options].find(({ text }) => text === option);
        if (!chosen) return false;
        field.value = chosen.value;
        for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
        return true;
      },
      css,
      option,
    );
    if (!there) throw new Error(`${css} does not offer “${option}”.`);
  }

  /**
   * Does something that takes a file away.
   * @param {() => Promise<void>} take
   * @returns {Promise<{ name: string, bytes: Uint8Array }>}
   */
  async download(take) {
    const { downloads } = this.driver;
    const before = new Set(readdirSync(downloads));
    await take();
    for (let waited = 0; waited < 10_000; waited += 100) {
      await wait(100);
      // Either browser writes under another name, or an empty file, until it is done.
      const name = readdirSync(downloads).find((name) => !before.has(name) && !/\.(part|wkdownload)$/.test(name));
      const bytes = name === undefined ? Buffer.of() : readFileSync(path.join(downloads, name));
      if (name !== undefined && bytes.length > 0) return { name, bytes };
    }
    throw new Error(`No file came into ${downloads} within 10 s.`);
  }
}
