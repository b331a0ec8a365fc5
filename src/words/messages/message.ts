/** @file Texts as data: a key, its parameters and plural forms, typed from the English catalogue; languages.ts has the rest. */

/** The forms of a text by a number among its parameters, named as `Intl.PluralRules` names them. */
export interface PluralText {
  by: string;
  zero?: string;
  one?: string;
  two?: string;
  few?: string;
  many?: string;
  other: string;
}

/**
 * Parameters stand in braces, `**…**` is strong, and `[words](effect)` are words that drive the figure, see effects.ts.
 * A parameter is written out before marks are read, so an effect may hold one: `[epoch {best}](epoch:{best})`.
 */
export type CatalogueText = string | PluralText;
export type Catalogue = Readonly<Record<string, CatalogueText>>;

/** A number is written as it is; whoever wants it rounded gives text. */
export type MessageParameter = string | number | Message;

/** What is said, in no language yet. It is plain data, so that it can be kept. */
export interface Message {
  /** The catalogue, which is the name of a file in the folder of a language. */
  in: string;
  key: string;
  parameters: Readonly<Record<string, MessageParameter>>;
}

type InBraces<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | InBraces<Rest> : never;
type ParametersOf<T> = T extends string
  ? InBraces<T>
  : T extends { by: infer By extends string; other: infer Other }
    ? By | InBraces<Other>
    : never;
type Given<T> = [ParametersOf<T>] extends [never] ? [] : [Readonly<Record<ParametersOf<T>, MessageParameter>>];

/**
 * `sayIn<typeof texts>('when-to-stop')('ask', { points: 20 })`: the compiler knows the keys and what each one needs.
 */
export const sayIn =
  <C extends Catalogue>(catalogue: string) =>
  <K extends keyof C & string>(key: K, ...[parameters]: Given<C[K]>): Message => ({
    in: catalogue,
    key,
    parameters: parameters ?? {},
  });
