/** @file The active rule as code of the library that a real job would use. */
import type { StoppingSettings } from '../engine/experiment/experiment.ts';
import { fastai } from './code/fastai.ts';
import { huggingFace } from './code/hugging-face.ts';
import { ignite } from './code/ignite.ts';
import { keras } from './code/keras.ts';
import { lightgbm } from './code/lightgbm.ts';
import { lightning } from './code/lightning.ts';
import { policyCode } from './code/policy.ts';
import { sklearn } from './code/sklearn.ts';
import { plain, type RuleCode, type Writer } from './code/snippet.ts';
import { tfjs } from './code/tfjs.ts';
import { xgboost } from './code/xgboost.ts';
import { kerasRule } from './keras.ts';

export type { CodePart, Note, RuleCode } from './code/snippet.ts';

export const CODE_LIBRARIES = {
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
export type Library = keyof typeof CODE_LIBRARIES;

const WRITERS: Record<Library, Writer> = {
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

/** A policy, where there is one, must have been parsed. */
export function ruleCode(library: Library, settings: StoppingSettings): RuleCode {
  const { policy, monitor, mode } = settings;
  const writer = WRITERS[library];
  const { setup, imports, parts, notes } =
    policy === null
      ? writer.write({ ...kerasRule(settings), monitor, modeChosen: mode !== 'auto', creeps: false })
      : policyCode(policy, writer);
  return { imports, parts: setup ? [...setup, plain('\n'), ...parts] : parts, notes };
}

/** The whole text, as it is copied. */
export function plainCode({ imports, parts }: RuleCode): string {
  return `${imports}\n\n${parts.map(({ text }) => text).join('')}\n`;
}
