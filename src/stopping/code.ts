/** @file The rule as code of the library that a real job would use. */
import type { StoppingSettings } from '../engine/experiment.ts';
import { fastai } from './code/fastai.ts';
import { huggingFace } from './code/hugging-face.ts';
import { ignite } from './code/ignite.ts';
import { keras } from './code/keras.ts';
import { lightgbm } from './code/lightgbm.ts';
import { lightning } from './code/lightning.ts';
import { sklearn } from './code/sklearn.ts';
import type { ActiveRule, RuleCode } from './code/snippet.ts';
import { tfjs } from './code/tfjs.ts';
import { xgboost } from './code/xgboost.ts';
import { kerasRule } from './keras.ts';

export type { CodePart, Note, RuleCode } from './code/snippet.ts';

export const LIBRARIES = {
  keras: 'Keras 3',
  tfjs: 'TensorFlow.js',
  lightning: 'Lightning',
  fastai: 'fastai',
  'hugging-face': 'Hugging Face',
  sklearn: 'scikit-learn',
  xgboost: 'XGBoost',
  lightgbm: 'LightGBM',
  ignite: 'Ignite',
} as const;
export type Library = keyof typeof LIBRARIES;

const WRITERS: Record<Library, (rule: ActiveRule) => RuleCode> = {
  keras,
  tfjs,
  lightning,
  fastai,
  'hugging-face': huggingFace,
  sklearn,
  xgboost,
  lightgbm,
  ignite,
};

export function ruleCode(library: Library, settings: StoppingSettings): RuleCode {
  const { monitor, mode } = settings;
  return WRITERS[library]({ ...kerasRule(settings), monitor, modeChosen: mode !== 'auto' });
}

/** The whole text, as it is copied. */
export function plainCode({ imports, parts }: RuleCode): string {
  return `${imports}\n\n${parts.map(({ text }) => text).join('')}\n`;
}
