/** @file Says messages in one language, from the catalogues that were loaded. */
import type { Catalogue, CatalogueText, Message, MessageParameter } from './message.ts';

export type TextDirection = 'ltr' | 'rtl';

export class Translator {
  readonly #plurals: Intl.PluralRules;

  /** `locale` is a BCP 47 tag; `catalogues` are by their names. */
  constructor(
    readonly locale: string,
    readonly direction: TextDirection,
    private readonly catalogues: ReadonlyMap<string, Catalogue>,
  ) {
    this.#plurals = new Intl.PluralRules(locale);
  }

  /** With its marks; segments.ts reads them. Throws where the catalogue, the key or a parameter is missing. */
  say({ in: name, key, parameters }: Message): string {
    const catalogue = this.catalogues.get(name);
    if (!catalogue) throw new Error(`message: the catalogue "${name}" is not loaded; load it with its lesson`);
    const text = Object.hasOwn(catalogue, key) ? catalogue[key] : undefined;
    if (text === undefined) throw new Error(`message: ${name} has no "${key}"; add it to every language`);
    return this.#form(text, parameters, `${name}.${key}`).replace(/\{(\w+)\}/g, (_, parameter: string) => {
      const value = Object.hasOwn(parameters, parameter) ? parameters[parameter] : undefined;
      if (value === undefined) throw new Error(`message: ${name}.${key} lacks its parameter "${parameter}"`);
      return this.#written(value);
    });
  }

  #written(value: MessageParameter): string {
    return typeof value === 'object' ? this.say(value) : String(value);
  }

  #form(text: CatalogueText, parameters: Message['parameters'], where: string): string {
    if (typeof text === 'string') return text;
    const n = parameters[text.by];
    if (typeof n !== 'number') throw new Error(`message: ${where} chooses its form by "${text.by}", give it a number`);
    return text[this.#plurals.select(n)] ?? text.other;
  }
}
