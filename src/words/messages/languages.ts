/** @file The languages of the messages; each is a folder of catalogues, loaded by name when they are needed. */
import type { Catalogue } from './message.ts';
import { longCatalogue, mirroredCatalogue } from './pseudo.ts';
import { Translator, type TextDirection } from './translator.ts';

type Load = () => Promise<Catalogue>;
export interface Language {
  label: string;
  locale: string;
  direction: TextDirection;
  /** By path, `./en/when-to-stop.ts`. */
  files: Readonly<Record<string, Load>>;
  /** What is made of every catalogue; pseudo-languages are made from English. */
  made?: (catalogue: Catalogue) => Catalogue;
}

const ENGLISH = import.meta.glob<Catalogue>('./en/*.ts', { import: 'default' });

export const LANGUAGES = {
  en: { label: 'English', locale: 'en', direction: 'ltr', files: ENGLISH },
  long: { label: 'Long words', locale: 'en', direction: 'ltr', files: ENGLISH, made: longCatalogue },
  rtl: { label: 'Right to left', locale: 'ar', direction: 'rtl', files: ENGLISH, made: mirroredCatalogue },
} as const satisfies Readonly<Record<string, Language>>;
export type LanguageName = keyof typeof LANGUAGES;

/** What says messages of these catalogues, such as `course` and a lesson's id; rejects where a language lacks one. */
export async function translatorFor(name: LanguageName, catalogues: readonly string[]): Promise<Translator> {
  const { locale, direction, files, made }: Language = LANGUAGES[name];
  const loaded = await Promise.all(
    catalogues.map(async (catalogue) => {
      const path = Object.keys(files).find((file) => file.endsWith(`/${catalogue}.ts`));
      if (path === undefined) throw new Error(`message: ${name} has no catalogue "${catalogue}"; add its file`);
      const texts = await files[path]!();
      return [catalogue, made ? made(texts) : texts] as const;
    }),
  );
  return new Translator(locale, direction, new Map(loaded));
}
