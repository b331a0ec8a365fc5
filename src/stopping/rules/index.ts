/**
 * @file Every rule that a policy may name: those of libraries, each proven by the library itself, and those of research;
 * and what writes them as code of the libraries.
 */
import { allennlp } from '../code/allennlp.ts';
import { catboost } from '../code/catboost.ts';
import { fastai } from '../code/fastai.ts';
import { huggingFace } from '../code/hugging-face.ts';
import { ignite } from '../code/ignite.ts';
import { keras } from '../code/keras.ts';
import { lightgbm } from '../code/lightgbm.ts';
import { lightning } from '../code/lightning.ts';
import { mmengine } from '../code/mmengine.ts';
import { sklearn } from '../code/sklearn.ts';
import { skorch } from '../code/skorch.ts';
import { spacy } from '../code/spacy.ts';
import type { Writer } from '../code/snippet.ts';
import { tfjs } from '../code/tfjs.ts';
import { ultralytics } from '../code/ultralytics.ts';
import { xgboost } from '../code/xgboost.ts';
import { ALLENNLP } from './allennlp.ts';
import { CATBOOST } from './catboost.ts';
import { FASTAI } from './fastai.ts';
import { HUGGING_FACE } from './hugging-face.ts';
import { IGNITE } from './ignite.ts';
import { KERAS } from './keras.ts';
import { KERAS_1_2, KERAS_2_1, TF_KERAS_2_1 } from './keras-before-2.5.ts';
import { LIGHTGBM } from './lightgbm.ts';
import { LIGHTNING } from './lightning.ts';
import { MMENGINE } from './mmengine.ts';
import { RESEARCH } from './research.ts';
import { SKLEARN_MLP, SKLEARN_SGD } from './sklearn.ts';
import { SKLEARN_GRADIENT_BOOSTING } from './sklearn-gradient-boosting.ts';
import { SKLEARN_HIST_GRADIENT_BOOSTING } from './sklearn-hist-gradient-boosting.ts';
import { SKORCH } from './skorch.ts';
import { SPACY } from './spacy.ts';
import { KERAS_3_0, TF_KERAS, TF_KERAS_2_12, TF_KERAS_2_16, TF_KERAS_2_5 } from './tf-keras.ts';
import { TFJS } from './tfjs.ts';
import { ULTRALYTICS } from './ultralytics.ts';
import { XGBOOST } from './xgboost.ts';

/** Keras before 3.7, the newest first; each is named by the version with which it begins, but for that of 2.7. */
export const OLDER_KERAS = {
  'keras-3.0': KERAS_3_0,
  'tf-keras-2.16': TF_KERAS_2_16,
  'tf-keras-2.12': TF_KERAS_2_12,
  'tf-keras': TF_KERAS,
  'tf-keras-2.5': TF_KERAS_2_5,
  'tf-keras-2.1': TF_KERAS_2_1,
  'keras-2.1': KERAS_2_1,
  'keras-1.2': KERAS_1_2,
};

/** By the names that the command line takes. */
export const LIBRARIES = {
  keras: KERAS,
  ...OLDER_KERAS,
  tfjs: TFJS,
  lightning: LIGHTNING,
  fastai: FASTAI,
  'hugging-face': HUGGING_FACE,
  ignite: IGNITE,
  skorch: SKORCH,
  mmengine: MMENGINE,
  ultralytics: ULTRALYTICS,
  spacy: SPACY,
  allennlp: ALLENNLP,
  'sklearn-mlp': SKLEARN_MLP,
  'sklearn-sgd': SKLEARN_SGD,
  'sklearn-gradient-boosting': SKLEARN_GRADIENT_BOOSTING,
  'sklearn-hist-gradient-boosting': SKLEARN_HIST_GRADIENT_BOOSTING,
  xgboost: XGBOOST,
  lightgbm: LIGHTGBM,
  catboost: CATBOOST,
};

/** In the order of their list. */
export const WRITERS = {
  keras,
  tfjs,
  lightning,
  fastai,
  'hugging-face': huggingFace,
  sklearn,
  xgboost,
  lightgbm,
  catboost,
  ignite,
  skorch,
  mmengine,
  ultralytics,
  spacy,
  allennlp,
} as const satisfies Readonly<Record<string, Writer>>;

export const RULES = { ...LIBRARIES, ...RESEARCH };
