/** @file Messages: parameters, plural forms, marks, and the pseudo-languages. */
import { describe, expect, it } from 'vitest';
import { effectOf } from './effects.ts';
import { sayIn, type Catalogue } from './message.ts';
import { longCatalogue, mirroredCatalogue } from './pseudo.ts';
import { plainText, textSegments, wordsOf } from './segments.ts';
import { Translator } from './translator.ts';

const texts = {
  hello: 'Epoch {n} of {all}',
  nested: 'after {time}, [epoch {n}](epoch:{n}) is **best**',
  epochs: { by: 'n', one: '{n} epoch', other: '{n} epochs' },
} as const satisfies Catalogue;
const say = sayIn<typeof texts>('test');
const spoken = (locale: string, catalogue: Catalogue) => new Translator(locale, 'ltr', new Map([['test', catalogue]]));
const english = spoken('en', texts);

describe('a message', () => {
  it('takes its parameters, and other messages as parameters', () => {
    expect(english.say(say('hello', { n: 3, all: '400' }))).toBe('Epoch 3 of 400');
    const time = say('epochs', { n: 1 });
    expect(english.say(say('nested', { time, n: 7 }))).toBe('after 1 epoch, [epoch 7](epoch:7) is **best**');
  });

  it('chooses its plural form as the language does', () => {
    expect([0, 1, 2].map((n) => english.say(say('epochs', { n })))).toEqual(['0 epochs', '1 epoch', '2 epochs']);
    const polish = { epochs: { by: 'n', one: '{n} epoka', few: '{n} epoki', many: '{n} epok', other: '{n} epoki' } };
    const said = (n: number) => spoken('pl', polish).say(say('epochs', { n }));
    expect([1, 3, 5, 22].map(said)).toEqual(['1 epoka', '3 epoki', '5 epok', '22 epoki']);
  });

  it('names what is missing', () => {
    expect(() => english.say({ in: 'test', key: 'gone', parameters: {} })).toThrow('"gone"');
    expect(() => english.say({ in: 'other', key: 'hello', parameters: {} })).toThrow('"other"');
    expect(() => english.say({ in: 'test', key: 'hello', parameters: { n: 1 } })).toThrow('"all"');
    expect(() => english.say({ in: 'test', key: 'epochs', parameters: { n: 'one' } })).toThrow('"n"');
  });
});

describe('marks', () => {
  it('are taken apart into segments', () => {
    expect(textSegments('only [epochs 2 to 5](epochs:2-5) and **[bias²](bias2) now**')).toEqual([
      { text: 'only ', strong: false, effect: null },
      { text: 'epochs 2 to 5', strong: false, effect: { does: 'epochs', from: 2, to: 5 } },
      { text: ' and ', strong: false, effect: null },
      { text: 'bias²', strong: true, effect: { does: 'part', part: 'bias2' } },
      { text: ' now', strong: true, effect: null },
    ]);
    expect(plainText('**a** [b](patience:5)')).toBe('a b');
    expect(wordsOf('One, two – **three** [four five](truth).')).toBe(5);
  });

  it('refuse an effect that is none', () => {
    for (const effect of ['patience', 'patience:x', 'epochs:3', 'epoch:1-2', 'colour:3', 'toString'])
      expect(() => effectOf(effect)).toThrow(effect);
  });
});

describe('pseudo-languages', () => {
  it.each([
    ['long', longCatalogue],
    ['rtl', mirroredCatalogue],
  ])('%s changes every word and keeps parameters and effects', (_, change) => {
    const changed = spoken('en', change(texts));
    const said = changed.say(say('nested', { time: say('epochs', { n: 2 }), n: 7 }));
    const segments = textSegments(said);
    expect(segments.find(({ effect }) => effect)?.effect).toEqual({ does: 'epoch', value: 7 });
    expect(said).not.toMatch(/^after /);
    expect(said).toContain('2 ');
    expect(segments.some(({ strong }) => strong)).toBe(true);
  });

  it('long is longer, by half or more', () => {
    const longer = spoken('en', longCatalogue(texts)).say(say('epochs', { n: 2 }));
    expect(longer.length).toBeGreaterThanOrEqual(1.5 * 'epochs'.length);
  });
});
