/** @file The rule as settings of `spacy train`: see ../rules/spacy.ts. */
import { growing, none, use, WORDS } from './notes.ts';
import { plain, type OwnRule, type Writer } from './snippet.ts';

const own: OwnRule = {
  write({ patience, eval_frequency }, { monitor, mode }) {
    return {
      imports: '# In config.cfg',
      parts: [
        plain('[training]\npatience = '),
        { text: String(patience), strong: true },
        plain('\neval_frequency = '),
        { text: String(eval_frequency), strong: true },
      ],
      notes: [use(`It watches the score of score_weights, which grows: let that be ${growing(mode, WORDS[monitor])}.`)],
    };
  },
};

export const spacy: Writer = {
  label: 'spaCy',
  write: () => none('spaCy', 'it counts steps, and watches its own score'),
  own: { spacy: own },
  several: null,
  epochs: (n) => `max_epochs = ${n} of training`,
};
