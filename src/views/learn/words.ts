/** @file How the components of Learn say messages: a translator in a context, and the frame's own messages by their keys. */
import { getContext, setContext } from 'svelte';
import type learnTexts from '../../words/messages/en/learn.ts';
import { sayIn, type Message } from '../../words/messages/message.ts';
import { plainText } from '../../words/messages/segments.ts';
import type { Translator } from '../../words/messages/translator.ts';

const WORDS = Symbol('words');

export interface Words {
  translator: Translator;
  /** With its marks. */
  say: (message: Message) => string;
  /** As a screen reader says it. */
  plain: (message: Message) => string;
}

export const learnSay = sayIn<typeof learnTexts>('learn');

export function provideWords(translator: () => Translator): Words {
  const words: Words = {
    get translator() {
      return translator();
    },
    say: (message) => translator().say(message),
    plain: (message) => plainText(translator().say(message)),
  };
  return setContext(WORDS, words);
}
export const useWords = (): Words => getContext<Words>(WORDS);
