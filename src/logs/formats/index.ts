/** @file Every format that is read, in the order in which they are asked: a format is one file here and one line below. */
import { ALLENNLP_CONSOLE } from './allennlp-console.ts';
import { BOOSTING_CONSOLE } from './boosting-console.ts';
import { CATBOOST_CONSOLE } from './catboost-console.ts';
import { CATBOOST_FILES } from './catboost-files.ts';
import { SPACED_COLUMNS } from './columns.ts';
import { DELIMITED } from './delimited.ts';
import type { Format } from './format.ts';
import { JSON_DOCUMENT } from './json.ts';
import { KERAS_CONSOLE } from './keras-console.ts';
import { MARKDOWN } from './markdown.ts';
import { NAMED_VALUES } from './named-values.ts';
import { OBJECT_LINES } from './object-lines.ts';
import { PROGRESS_BAR } from './progress-bar.ts';
import { SINGLE_CURVES } from './single-curves.ts';
import { SPACY_CONSOLE } from './spacy-console.ts';
import { TENSORBOARD_EVENTS } from './tensorboard-events.ts';

export const FORMATS: readonly Format[] = [
  TENSORBOARD_EVENTS,
  CATBOOST_FILES,
  SINGLE_CURVES,
  JSON_DOCUMENT,
  OBJECT_LINES,
  KERAS_CONSOLE,
  BOOSTING_CONSOLE,
  CATBOOST_CONSOLE,
  PROGRESS_BAR,
  SPACY_CONSOLE,
  ALLENNLP_CONSOLE,
  MARKDOWN,
  // The last ones take what the others did not claim.
  SPACED_COLUMNS,
  DELIMITED,
  NAMED_VALUES,
];
