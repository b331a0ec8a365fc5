/** @file The lines of the architecture, held by lint: who may import whom, and what the core must not know. */
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import { rooms } from './scripts/rooms.js';

const TESTS = ['**/*.test.ts', '**/*.testing.ts', 'tests/**'];
const CORE = [
  'datasets/**/*.ts',
  'src/engine/**/*.ts',
  'src/stopping/**/*.ts',
  'src/decomposition/**/*.ts',
  'src/logs/**/*.ts',
  'src/evaluation/**/*.ts',
  'src/words/**/*.ts',
];
/** The parts of the core that meet the worker's devices. */
const DEVICES = ['src/engine/trainers/**', 'src/engine/devices/**'];

/** What a browser has as global variables and these others have not. */
const missingIn = (/** @type {Record<string, unknown>[]} */ ...others) =>
  Object.keys(globals.browser).filter((name) => !others.some((other) => name in other));
const clocks = ['Date', 'performance'].map((name) => ({ name, message: 'Time is an argument.' }));

export default defineConfig(
  globalIgnores(['.cache/', 'dist/', 'test-results/', 'playwright-report/']),
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        project: ['tsconfig.core.json', 'tsconfig.json', 'tsconfig.node.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // An interface may be asynchronous where one of its implementations is not.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Registries are plain objects of functions, taken apart freely.
      '@typescript-eslint/unbound-method': 'off',
      // Published constants keep the digits they were published with.
      'no-loss-of-precision': 'off',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^(dataSync|arraySync|bufferSync)$/]',
          message: 'A synchronous readback kills the WebGPU device: await data() or array().',
        },
        {
          selector: "MemberExpression[object.name='tf'][property.name='print']",
          message: 'tf.print reads back synchronously, which kills the WebGPU device: await data() and log that.',
        },
      ],
    },
  },
  // Leaves the house with exported models: plain JavaScript, which no tsconfig knows.
  { files: ['src/exports/models/readers/*.js'], ...ts.configs.disableTypeChecked },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // Types are names that only TypeScript knows; svelte-check finds what is undefined.
      'no-undef': 'off',
      // Large data is not reactive on purpose: plain collections beside a version counter.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['src/**', 'datasets/**'],
    ignores: TESTS,
    plugins: { patience: { rules: { rooms } } },
    rules: { 'patience/rooms': 'error' },
  },
  {
    files: CORE,
    ignores: TESTS,
    rules: {
      'no-restricted-globals': ['error', ...clocks, ...missingIn(globals.node)],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is an argument: see src/engine/random.ts.' },
      ],
    },
  },
  {
    files: DEVICES,
    ignores: TESTS,
    rules: { 'no-restricted-globals': ['error', ...clocks, ...missingIn(globals.node, globals.worker)] },
  },
  {
    // In the markup of a component the parser gives many names no type; svelte-check knows them.
    files: [...TESTS, 'scripts/**', 'bench/**', '**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: TESTS, rules: { '@typescript-eslint/no-explicit-any': 'off' } },
  { files: ['**/*.cjs'], extends: [ts.configs.disableTypeChecked], rules: { 'no-var': 'off' } },
);
