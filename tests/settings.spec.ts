/**
 * @file Every setting of the training, set through the page: it is explained, goes into the link, and trains. Long: a
 * test for every setting.
 */
import type { Locator } from '@playwright/test';
import { type App, expect, open, test, trainToTheEnd } from './app.ts';

const SHORT = 'replicas.count=2&training.epochs=3';

const rail = ({ page }: App) => page.getByRole('complementary', { name: 'Settings' });
const group = (app: App, name: string) => rail(app).getByRole('group', { name, exact: true });

/** Opens a section of the settings. */
async function section(app: App, title: string): Promise<Locator> {
  const details = rail(app)
    .locator('details')
    .filter({ has: app.page.getByRole('heading', { name: title }) });
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  return details;
}

async function type(within: Locator, name: string, text: string): Promise<void> {
  const field = within.getByRole('textbox', { name, exact: true });
  await field.fill(text);
  await field.press('Enter');
}

async function choose(app: App, name: string, label: string): Promise<void> {
  await group(app, name).getByRole('combobox', { name, exact: true }).selectOption({ label });
}

/** What the link says, as pairs of path and value. */
async function link({ page }: App): Promise<Record<string, string>> {
  await page.getByRole('button', { name: 'Share' }).click();
  return Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.slice(1)));
}

/** Trains with what was just set, which the page must have noticed where there is a run on screen. */
async function trainAgain(app: App): Promise<void> {
  await expect(app.status).toContainText('Settings changed');
  await trainToTheEnd(app);
  await expect(app.status).not.toContainText('diverged');
}

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-write', 'clipboard-read']));

const OPTIMIZERS: [label: string, says: RegExp, name: string, setting: string, value: string, path: string][] = [
  ['SGD', /step along the gradient/, 'sgd', 'learning rate', '0.02', 'learningRate'],
  ['Momentum', /share of those before/, 'momentum', 'momentum', '0.8', 'momentum'],
  ['Nesterov', /looks one step ahead/, 'nesterov', 'momentum', '0.7', 'momentum'],
  ['RMSProp', /its recent size/, 'rmsprop', 'ρ', '0.95', 'rho'],
  ['RMSProp, centred', /recent standard deviation/, 'centred-rmsprop', 'ε', '0.001', 'epsilon'],
  ['Adagrad', /over all steps so far/, 'adagrad', 'ε', '0.0001', 'epsilon'],
  ['Adadelta', /units of the weights/, 'adadelta', 'ρ', '0.9', 'rho'],
  ['AdamW', /weights also shrink/, 'adamw', 'weight decay', '0.02', 'weightDecay'],
  ['Nadam', /looks one step ahead/, 'nadam', 'β₁', '0.8', 'beta1'],
  ['Lion', /direction of the mean gradient/, 'lion', 'β₂', '0.95', 'beta2'],
  ['Adam', /Momentum divided by/, 'adam', 'β₂', '0.99', 'beta2'],
];

test('every optimizer', async ({ page }) => {
  const app = await open(page, SHORT);
  await trainToTheEnd(app);
  await section(app, 'Training');
  for (const [label, says, name, setting, value, path] of OPTIMIZERS) {
    await test.step(label, async () => {
      await choose(app, 'optimizer', label);
      await expect(group(app, 'optimizer')).toContainText(says);
      await type(group(app, 'optimizer'), setting, value);
      const said = await link(app);
      // Adam is what a link without a name means.
      expect(said['training.optimizer.name'] ?? 'adam').toBe(name);
      expect(said[`training.optimizer.${path}`]).toBe(value);
      await trainAgain(app);
    });
  }
});

const SCHEDULES: [
  label: string,
  says: RegExp,
  name: string,
  numbers: [label: string, value: string, path: string][],
][] = [
  [
    'step',
    /drops by a factor/,
    'step',
    [
      ['factor', '0.2', 'factor'],
      ['every', '2', 'every'],
    ],
  ],
  ['exponential', /same factor at every epoch/, 'exponential', [['factor', '0.9', 'factor']]],
  ['cosine', /half a cosine/, 'cosine', [['floor', '0.1', 'floor']]],
  [
    'one-cycle',
    /rises from a share of itself/,
    'one-cycle',
    [
      ['rise', '0.5', 'rise'],
      ['start', '0.1', 'start'],
      ['end', '0.01', 'end'],
    ],
  ],
  [
    'reduce on plateau',
    /no longer improves/,
    'plateau',
    [
      ['factor', '0.5', 'factor'],
      ['patience', '1', 'patience'],
      ['min delta', '0.01', 'minDelta'],
      ['cooldown', '1', 'cooldown'],
      ['least rate', '0.001', 'minRate'],
    ],
  ],
];

test('every learning-rate schedule, after a warm-up', async ({ page }) => {
  const app = await open(page, SHORT);
  await trainToTheEnd(app);
  await section(app, 'Training');
  const schedule = group(app, 'schedule');
  await type(schedule, 'warm-up', '1');
  for (const [label, says, name, numbers] of SCHEDULES) {
    await test.step(label, async () => {
      await choose(app, 'schedule', label);
      await expect(schedule).toContainText(says);
      for (const [setting, value] of numbers) await type(schedule, setting, value);
      const said = await link(app);
      expect(said).toMatchObject({ 'training.schedule.name': name, 'training.warmup': '1' });
      for (const [, value, path] of numbers) expect(said[`training.schedule.${path}`]).toBe(value);
      await trainAgain(app);
    });
  }
  await choose(app, 'schedule', 'constant');
  expect(await link(app)).not.toHaveProperty('training.schedule.name');
});

const REGULARISATION: [label: string, value: string, path: string, linked: string][] = [
  ['L2', '0.01', 'training.l2', '0.01'],
  ['L1', '0.001', 'training.l1', '0.001'],
  ['weight decay', '0.02', 'training.weightDecay', '0.02'],
  ['dropout', '0.2, 0.1', 'model.dropout', '0.2_0.1'],
  ['input noise', '0.05', 'training.inputNoise', '0.05'],
  ['max norm', '3', 'training.maxNorm', '3'],
  ['clip value', '0.5', 'training.clipValue', '0.5'],
  ['clip norm', '1', 'training.clipNorm', '1'],
];

test('regularisation, each and all of it', async ({ page }) => {
  const app = await open(page, SHORT);
  await trainToTheEnd(app);
  const regularisation = await section(app, 'Regularisation');
  for (const [label, value, path, linked] of REGULARISATION) {
    await test.step(label, async () => {
      await type(regularisation, label, value);
      expect((await link(app))[path]).toBe(linked);
      await trainAgain(app);
    });
  }
  await regularisation.locator('summary').click();
  await expect(regularisation.locator('summary')).toContainText(
    'L2 0.01, L1 0.001, weight decay 0.02, dropout 0.2/0.1, input noise 0.05, max norm 3, clip value 0.5, clip norm 1',
  );
});

test('objectives of regression, batches', async ({ page }) => {
  const app = await open(page, SHORT);
  await trainToTheEnd(app);
  const training = await section(app, 'Training');
  const objective = group(app, 'objective');
  await expect(objective.getByRole('textbox')).toHaveCount(0);
  await choose(app, 'objective', 'Huber');
  await expect(objective).toContainText('Half the squared error up to δ');
  await type(objective, 'δ', '0.5');
  expect(await link(app)).toMatchObject({ objective: 'huber', 'loss.huberDelta': '0.5' });
  await trainAgain(app);
  await choose(app, 'objective', 'absolute error');
  await expect(objective).toContainText('aims at the median');
  await type(training, 'batch size', '5');
  await training.getByRole('checkbox', { name: 'shuffle each epoch' }).uncheck();
  expect(await link(app)).toMatchObject({
    objective: 'absolute-error',
    'training.batchSize': '5',
    'training.shuffle': 'false',
  });
  await trainAgain(app);
});

test('objectives of classification and what shapes them', async ({ page }) => {
  const app = await open(page, `${SHORT}&data.source=moons`);
  await trainToTheEnd(app);
  await section(app, 'Training');
  const objective = group(app, 'objective');
  for (const label of ['binary cross-entropy', 'softmax cross-entropy']) {
    await test.step(label, async () => {
      await choose(app, 'objective', label);
      await type(objective, 'label smoothing', '0.1');
      await type(objective, 'focal γ', '2');
      await type(objective, 'class weights', 'balanced');
      expect(await link(app)).toMatchObject({
        'loss.labelSmoothing': '0.1',
        'loss.focalGamma': '2',
        'loss.classWeights': 'balanced',
      });
      await trainAgain(app);
      await type(objective, 'class weights', '1, 5');
      expect((await link(app))['loss.classWeights']).toBe('1_5');
      await trainAgain(app);
    });
  }
  await type(objective, 'class weights', '1, 5, 2');
  await expect(objective.getByRole('alert')).toContainText('must be 2 numbers, one for each class');
});

const INITIALIZERS: [label: string, says: RegExp, name: string][] = [
  ['Glorot', /inputs \+ outputs/, 'glorot'],
  ['He', /made for ReLU/, 'he'],
  ['LeCun', /keep the variance/, 'lecun'],
  ['orthogonal', /at right angles/, 'orthogonal'],
  ['zeros', /hidden layers learn next to nothing/, 'zeros'],
];

test('initial weights', async ({ page }) => {
  const app = await open(page, SHORT);
  await trainToTheEnd(app);
  await section(app, 'Model');
  await type(group(app, 'initializer'), 'initial scale', '0.5');
  for (const [label, says, name] of INITIALIZERS) {
    await test.step(label, async () => {
      await choose(app, 'initializer', label);
      await expect(group(app, 'initializer')).toContainText(says);
      expect(await link(app)).toMatchObject({ 'model.initializer': name, 'model.initialScale': '0.5' });
      await trainAgain(app);
    });
  }
});

test('layer normalisation', async ({ page }) => {
  const app = await open(page, SHORT);
  await trainToTheEnd(app);
  const model = await section(app, 'Model');
  const row = (name: string) => model.locator('.row').filter({ hasText: name });
  const normalised = model.getByRole('checkbox', { name: 'layer normalisation' });
  // 1-24-24-1: 24·2 + 24·25 + 25 weights; a gain and a shift for each of 48 units.
  await expect(row('weights')).toContainText('673');
  await normalised.check();
  await expect(row('weights')).toContainText('769');
  expect((await link(app))['model.layerNorm']).toBe('true');
  await trainAgain(app);

  await type(model, 'hidden layers', '24, 1');
  await expect(model.getByRole('alert')).toContainText(/model\.layerNorm .*model\.hidden/);
  await expect(app.status).toContainText('A setting cannot be used');
  await normalised.uncheck();
  await expect(model.getByRole('alert')).toBeHidden();
  expect(await link(app)).toMatchObject({ 'model.hidden': '24-1' });
  await normalised.check();
  await expect(model.getByRole('alert')).toContainText('two units at least in each layer of model.hidden');
  await expect(normalised).toBeChecked();
  await type(model, 'hidden layers', '24, 2');
  await expect(model.getByRole('alert')).toBeHidden();
  expect(await link(app)).toMatchObject({ 'model.hidden': '24-2', 'model.layerNorm': 'true' });
  await trainAgain(app);
  await model.locator('summary').click();
  await expect(model.locator('summary')).toContainText('1-24-2-1 tanh, layer norm');
});

for (const [source, troubles] of [
  ['sine', { outliers: 'outliers', leakage: 'leakage', 'shift of the test': 'shift' }],
  ['moons', { 'label noise': 'labelNoise', imbalance: 'imbalance', leakage: 'leakage', 'shift of the test': 'shift' }],
] as const) {
  test(`data trouble on purpose: ${source}`, async ({ page }) => {
    const app = await open(page, `${SHORT}&data.source=${source}`);
    await trainToTheEnd(app);
    const data = await section(app, 'Data');
    for (const [label, path] of Object.entries(troubles)) {
      await test.step(label, async () => {
        await type(data, label, '0.2');
        expect((await link(app))[`data.${path}`]).toBe('0.2');
        await trainAgain(app);
      });
    }
  });
}

test('every setting is explained where it is set', async ({ page }) => {
  const app = await open(page, `${SHORT}&data.source=moons&training.batchSize=5&training.schedule.name=plateau`);
  for (const title of ['Data', 'Model', 'Training', 'Regularisation', 'Stopping']) {
    const fields = (await section(app, title)).locator('.row').filter({ has: page.locator('input, select') });
    const explained = await fields.evaluateAll((rows) =>
      rows.map((row) => [row.textContent, (row as HTMLElement).title, row.nextElementSibling?.textContent]),
    );
    expect(explained.length, title).toBeGreaterThan(3);
    // The list of data has its sentence below itself, the code its notes.
    for (const [label, help, below] of explained) {
      if (!/^\s*as in/.test(label!)) expect(help || below, `${title}: ${label}`).toMatch(/\.\s*$/);
    }
  }
});

test('what does not go together is refused by name, and taken when its way is clear', async ({ page }) => {
  const app = await open(page, SHORT);
  const training = await section(app, 'Training');
  await type(training, 'warm-up', '5');
  await expect(training.getByRole('alert')).toContainText('the 3 epochs');
  await expect(app.status).toContainText('A setting cannot be used');
  await type(training, 'epochs', '20');
  await expect(training.getByRole('alert')).toBeHidden();
  expect(await link(app)).toMatchObject({ 'training.epochs': '20', 'training.warmup': '5' });

  const regularisation = await section(app, 'Regularisation');
  await type(regularisation, 'dropout', '0.2, 0.1, 0.1');
  await expect(regularisation.getByRole('alert')).toContainText('has more rates than the 2 hidden layers');
  await type(regularisation, 'dropout', 'none');
  await expect(regularisation.getByRole('alert')).toBeHidden();

  // AdamW has its own weight decay, which takes the place of the other.
  await type(regularisation, 'weight decay', '0.05');
  await choose(app, 'optimizer', 'AdamW');
  await expect(regularisation.getByRole('textbox', { name: 'weight decay' })).toBeHidden();
  const said = await link(app);
  expect(said['training.optimizer.name']).toBe('adamw');
  expect(said).not.toHaveProperty('training.weightDecay');

  // A field that goes takes along what it refused.
  await type(group(app, 'optimizer'), 'β₁', '2');
  await expect(group(app, 'optimizer').getByRole('alert')).toContainText('must be a number from 0 to');
  await choose(app, 'optimizer', 'SGD');
  await choose(app, 'objective', 'Huber');
  await type(group(app, 'objective'), 'δ', '0');
  await expect(group(app, 'objective').getByRole('alert')).toContainText('must be a number from 0.001');
  await choose(app, 'objective', 'squared error');
  await expect(app.status).toContainText('Nothing trained yet');
});

test('other data take back what only fits classes', async ({ page }) => {
  const app = await open(page, `${SHORT}&data.source=moons&loss.labelSmoothing=0.1`);
  await page.getByRole('combobox', { name: 'data', exact: true }).selectOption('cubic');
  const said = await link(app);
  expect(said['data.source']).toBe('cubic');
  expect(said).not.toHaveProperty('loss.labelSmoothing');
});

const BATCHES: [label: string, says: RegExp, name: string, numbers: [label: string, value: string, path: string][]][] =
  [
    [
      'every so many epochs',
      /AdaBatch/,
      'grow',
      [
        ['factor', '3', 'factor'],
        ['every', '1', 'every'],
      ],
    ],
    [
      'on a plateau',
      /no longer improves/,
      'plateau',
      [
        ['patience', '1', 'patience'],
        ['min delta', '0.5', 'minDelta'],
      ],
    ],
    ['norm test', /Byrd et al/, 'norm-test', [['θ', '0.5', 'theta']]],
    ['CABS', /Balles et al/, 'cabs', []],
  ];

test('batches over time, and the noise of the gradient', async ({ page }) => {
  const app = await open(page, `${SHORT}&training.batchSize=2`);
  await trainToTheEnd(app);
  await section(app, 'Training');
  for (const [label, says, name, numbers] of BATCHES) {
    await test.step(label, async () => {
      await choose(app, 'batch over time', label);
      await expect(group(app, 'batch over time')).toContainText(says);
      for (const [setting, value] of numbers) await type(group(app, 'batch over time'), setting, value);
      const said = await link(app);
      expect(said['training.batchSchedule.name']).toBe(name);
      for (const [, value, path] of numbers) expect(said[`training.batchSchedule.${path}`]).toBe(value);
      await trainAgain(app);
    });
  }
  await choose(app, 'batch over time', 'every so many epochs');
  await type(group(app, 'batch over time'), 'every', '1');
  await rail(app).getByRole('checkbox', { name: 'gradient noise' }).check();
  await trainAgain(app);
  // Batches of 2, 4 and 8 of 20 points.
  await page.getByRole('tab', { name: 'Cost' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('18 updates (10 in epoch 1, 3 in epoch 3) on 60 examples');
  await expect(page.getByRole('tabpanel')).toContainText('Gradient noise scale after epoch 3');
});

test('every metric that a rule may watch', async ({ page }) => {
  const app = await open(page, `data.source=moons&${SHORT}`);
  await trainToTheEnd(app);
  const monitor = rail(app).getByRole('combobox', { name: 'watches', exact: true });
  const labels = await monitor.locator('option').allTextContents();
  expect(labels.map((label) => label.trim())).toEqual([
    ...['validation loss', 'training loss', 'validation accuracy', 'validation error rate'],
    ...['validation f1', 'validation brier', 'validation calibration error'],
  ]);
  for (const label of labels) {
    await monitor.selectOption({ label });
    // Replayed, not trained again.
    await expect(app.status).toContainText('Done in');
    await expect(app.verdict).toContainText('Patience');
  }
});
