/**
 * @file LogValues as JSON and Python write them: also single quotes, None, True, NaN, inf, trailing commas, tuples, and what
 * NumPy, PyTorch and collections wrap around a value (`np.float64(0.5)`, `tensor(0.5, device='cuda:0')`).
 */
import { MAX_NESTING, MAX_LIST } from '../limits.ts';
import { LogError } from '../log-error.ts';

/** Objects have no prototype: a key may be called `__proto__`. */
export type Literal = null | boolean | number | string | Literal[] | { [key: string]: Literal };

const WORDS = new Map<string, Literal>([
  ['null', null],
  ['None', null],
  ['undefined', null],
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['NaN', NaN],
  ['nan', NaN],
  ['inf', Infinity],
  ['Infinity', Infinity],
]);
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}', '(': ')' };
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** The value that a text is; throws a LogError that names the line where it is none. */
export function parseLiteral(text: string): Literal {
  checkNesting(text);
  try {
    return JSON.parse(text) as Literal;
  } catch {
    return new Reader(text).whole();
  }
}

/** Refuses brackets too deep and lists too long, in one pass without memory. */
function checkNesting(text: string): void {
  const commas: number[] = [];
  let quote = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quote !== 0) {
      if (code === 92) i++;
      else if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) quote = code;
    else if (code === 91 || code === 123 || code === 40) {
      if (commas.push(0) > MAX_NESTING)
        throw new LogError(
          lineAt(text, i),
          text.slice(i, i + 20),
          `is ${MAX_NESTING + 1} brackets deep; a history is at most ${MAX_NESTING} deep: take it out of the others`,
        );
    } else if (code === 93 || code === 125 || code === 41) commas.pop();
    else if (code === 44 && commas.length > 0 && ++commas[commas.length - 1]! > MAX_LIST)
      throw new LogError(
        lineAt(text, i),
        text.slice(i, i + 20),
        `is beyond the ${MAX_LIST} values of a list that are read; thin it out`,
      );
  }
}

function lineAt(text: string, at: number): string {
  let line = 1;
  for (let i = text.indexOf('\n'); i !== -1 && i < at; i = text.indexOf('\n', i + 1)) line++;
  return `line ${line}`;
}

/** `OrderedDict([('rmse', [0.5, 0.4])])`. */
const isPair = (value: Literal) => Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  whole(): Literal {
    const value = this.#value();
    this.#space();
    if (this.#at < this.text.length) this.#refuse('stands after the end; remove it, or give one value a line');
    return value;
  }

  #refuse(remedy: string): never {
    const content = this.text.slice(this.#at, this.#at + 80);
    throw new LogError(lineAt(this.text, this.#at), content === '' ? 'the end' : content, remedy);
  }

  #space(): void {
    while (/\s/.test(this.text[this.#at] ?? '')) this.#at++;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (match) this.#at += match[0].length;
    return match;
  }

  #value(): Literal {
    this.#space();
    const first = this.text[this.#at] ?? '';
    if (first === '"' || first === "'") return this.#string();
    if (first === '{') return this.#object();
    if (first === '[' || first === '(') return this.#list();
    const number = this.#take(/[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?/iy);
    if (number) return Number(number[0].replaceAll('_', ''));
    const sign = this.#take(/[-+]/y);
    const word = this.#take(/[A-Za-z_][\w.]*/y)?.[0];
    if (word === undefined) {
      if (this.#take(/<[^<>]*>/y)) return null;
      this.#refuse('is no value; a number, a text in quotes, a list or an object must stand here');
    }
    if (this.text[this.#at] === '(') return this.#wrapped(word);
    const known = WORDS.get(word);
    if (known === undefined) {
      this.#at -= word.length;
      this.#refuse('is a word without quotes; put it into quotes, or null for what is missing');
    }
    return sign?.[0] === '-' && typeof known === 'number' ? -known : known;
  }

  /** What stands in the brackets of a call: its last list or object, else its first value. */
  #wrapped(word: string): Literal {
    const values = this.#items((reader) => {
      const named = reader.#take(/\s*[A-Za-z_]\w*\s*=(?!=)/y);
      // `dtype=torch.float64` says nothing about the value.
      if (named && reader.#take(/\s*[A-Za-z_][\w.]*/y)) return undefined;
      const value = reader.#value();
      return named ? undefined : value;
    }).filter((value) => value !== undefined);
    const pairs = values.find((value) => Array.isArray(value) && value.length > 0 && value.every(isPair));
    if (word.endsWith('Dict') && Array.isArray(pairs)) return Object.fromEntries(pairs as [string, Literal][]);
    return values.findLast((value) => typeof value === 'object' && value !== null) ?? values[0] ?? null;
  }

  #string(): string {
    const quote = this.text[this.#at]!;
    const from = this.#at;
    let value = '';
    for (this.#at++; this.text[this.#at] !== quote; this.#at++) {
      let char = this.text[this.#at];
      if (char === '\\') {
        char = this.text[++this.#at];
        const hex = char === 'u' ? /^[\da-f]{4}/i.exec(this.text.slice(this.#at + 1, this.#at + 5))?.[0] : undefined;
        if (hex !== undefined) {
          this.#at += 4;
          char = String.fromCharCode(parseInt(hex, 16));
        } else char = ESCAPED[char ?? ''] ?? char;
      }
      if (char === undefined) {
        this.#at = from;
        this.#refuse('opens a quote that never closes; copy the log again to its end');
      }
      value += char;
    }
    this.#at++;
    return value;
  }

  #list(): Literal[] {
    return this.#items((reader) => reader.#value());
  }

  #object(): Literal {
    const object = Object.create(null) as Record<string, Literal>;
    this.#items((reader) => {
      reader.#space();
      const key = reader.#value();
      if (!reader.#take(/\s*:/y)) reader.#refuse('must be a colon and a value after the name before it');
      object[typeof key === 'object' ? JSON.stringify(key) : String(key)] = reader.#value();
    });
    return object;
  }

  /** What stands between brackets, separated by commas; the last may have one too. */
  #items<T>(item: (reader: this) => T): T[] {
    const open = this.text[this.#at]!;
    const close = CLOSING[open]!;
    const items: T[] = [];
    this.#at++;
    for (;;) {
      this.#space();
      if (this.text[this.#at] === close) break;
      if (this.#at >= this.text.length) this.#refuse(`comes before the ${close}; copy the log again to its end`);
      items.push(item(this));
      this.#space();
      if (this.text[this.#at] === ',') this.#at++;
      else if (this.text[this.#at] !== close && this.#at < this.text.length)
        this.#refuse(`is not JSON; a comma or ${close} must stand before it`);
    }
    this.#at++;
    return items;
  }
}
