/** @file The two shaders: one trains every replica in a workgroup of its own, one evaluates any number of points. */
import { OPTIMIZERS } from '../../optimizers.ts';
import { ACTIVATION_FUNCTIONS_WGSL, ACTIVATION_SNIPPETS } from './activations.ts';
import { OBJECTIVE_SNIPPETS } from './objectives.ts';
import { OPTIMIZER_SNIPPETS } from './optimizers.ts';
import { SHUFFLE_WGSL } from './order.ts';
import { MOST_CARDS, MOST_POINTS, type Variant } from './plan.ts';
import { RUN_WGSL } from './run.ts';

/** Trains a replica in each workgroup, from one tile of the chunk's minibatches to another. */
export function trainingShader(variant: Variant): string {
  const { resident, objective, optimizer, deck, several, lanes } = variant;
  return /* wgsl */ `${header(variant, 'training')}
/** The parameters after each epoch of the chunk, of each replica. */
@group(0) @binding(2) var<storage, read_write> history: array<vec4f>;
@group(0) @binding(3) var<storage, read> y: array<f32>;
@group(0) @binding(4) var<storage, read> schedule: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> parameters: array<vec4f>;
/** The optimizer's slots, and behind them the gradient of a batch that takes several tiles. */
@group(0) @binding(6) var<storage, read_write> slots: array<vec4f>;
/** The order of the training points, and the random words that it is made from. */
@group(0) @binding(7) var<storage, read_write> order: array<u32>;
/** The training point in each place of the tile. */
var<workgroup> rows: array<u32, ${MOST_POINTS}>;
${deck ? `var<workgroup> deck: array<u32, ${MOST_CARDS}>;` : ''}
${SHUFFLE_WGSL(deck, lanes)}

fn tileStart() -> u32 { return memoryStart + ${resident ? 'run.quads' : '0u'}; }
fn parameter(r: u32, at: u32) -> vec4f { return ${resident ? 'memory[at]' : 'parameters[r * run.quads + at]'}; }
${forward(variant, 'training')}
${backward(variant)}

/** Adds to the gradient of the batch and, once that is whole, updates the parameters. */
fn update(r: u32, at: u32, gradient: vec4f, decay: f32, first: bool, whole: bool, now: vec4f) {
  let place = r * run.quads + at;
  let sums = ${OPTIMIZERS[optimizer].slots.length}u * run.replicas * run.quads + place;
  var g = gradient;
  ${several ? 'if (!first) { g += slots[sums]; }\n  if (!whole) { slots[sums] = g; return; }' : ''}
  var w = parameter(r, at);
  g += decay * w;
  let hyper = run.hyper;
  ${slotLines(variant, (slot, s) => `var s${s} = ${slot};`)}
  ${OPTIMIZER_SNIPPETS[optimizer]}
  ${slotLines(variant, (slot, s) => `${slot} = s${s};`)}
  ${resident ? 'memory[at]' : 'parameters[place]'} = w;
}

/** An invocation takes four inputs and a quad of units, the first ones also the biases, and updates what it summed. */
fn descend(r: u32, lane: u32, here: u32, first: bool, whole: bool, now: vec4f) {
  for (var l = 0u; l < run.depth; l++) {
    let layer = run.layers[l];
    let given = tileStart() + layer.given * run.trainingTile;
    let errors = tileStart() + layer.errors * run.trainingTile;
    for (var t = lane; t < layer.inQuads * layer.outQuads; t += ${lanes}) {
      let j = t % layer.outQuads;
      let i = t / layer.outQuads;
      var g0 = vec4f(0); var g1 = vec4f(0); var g2 = vec4f(0); var g3 = vec4f(0); var g4 = vec4f(0);
      for (var p = 0u; p < here; p++) {
        let a = memory[given + p * layer.inQuads + i];
        let e = memory[errors + p * layer.outQuads + j];
        g0 += a.x * e; g1 += a.y * e; g2 += a.z * e; g3 += a.w * e; g4 += e;
      }
      for (var k = 0u; k < select(4u, 5u, i == 0); k++) {
        let row = select(4 * i + k, 4 * layer.inQuads, k == 4);
        update(r, layer.weights + row * layer.outQuads + j, g0, select(run.decay, 0, k == 4), first, whole, now);
        // They move up instead of being indexed, so that they can stay in registers.
        g0 = g1; g1 = g2; g2 = g3; g3 = g4;
      }
    }
  }
}

@compute @workgroup_size(${lanes})
fn train(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let r = run.firstReplica + workgroup.x;
  ${startOf(variant, 'training')}
  let width = run.layers[0].inQuads;
  let cards = r * (run.trainSize + 4 * ((run.trainSize + 3) / 4));
  let last = run.layers[run.depth - 1];
  let sums = tileStart() + last.errors * run.trainingTile;
  ${resident ? `for (var i = lane; i < run.quads; i += ${lanes}) { memory[i] = parameters[r * run.quads + i]; }` : ''}
  for (var at = run.fromTile; at < run.untilTile; at++) {
    let step = at / run.tiles;
    let begun = at % run.tiles * run.trainingTile;
    let epoch = step / run.steps;
    let place = step % run.steps;
    if (run.shuffled == 1 && place == 0 && begun == 0) { shuffle(lane, cards, run.ownOrder * r, run.epoch + epoch); }
    let start = place * run.batch;
    let points = min(run.batch, run.trainSize - start);
    if (begun < points) {
      let share = 1 / f32(points);
      let now = schedule[step];
      let here = min(run.trainingTile, points - begun);
      for (var i = lane; i < run.trainingTile * width; i += ${lanes}) {
        // What is left over at the end of a tile takes a point that is there; its errors are left out.
        let p = i / width;
        let from_ = start + begun + min(p, here - 1);
        var row = from_;
        if (run.shuffled == 1) { row = order[cards + from_]; }
        rows[p] = row;
        memory[tileStart() + i] = x[(r * run.ownSize + row) * width + i % width];
      }
      barrier();
      carry(r, lane);
      for (var p = lane; p < here; p += ${lanes}) {
        let at = sums + p * last.outQuads;
        let label = y[r * run.trainSize + rows[p]];
        ${OBJECTIVE_SNIPPETS[objective]}
      }
      barrier();
      carryBack(r, lane);
      descend(r, lane, here, begun == 0, begun + run.trainingTile >= points, now);
      barrier();
    }
    if (place == run.steps - 1 && (at + 1) % run.tiles == 0) {
      let past = (epoch * run.replicas + r) * run.quads;
      for (var i = lane; i < run.quads; i += ${lanes}) { history[past + i] = parameter(r, i); }
    }
  }
  ${resident ? `for (var i = lane; i < run.quads; i += ${lanes}) { parameters[r * run.quads + i] = memory[i]; }` : ''}
}
`;
}

/** Evaluates the points of the pairs of an epoch and a replica, tile after tile, with as many workgroups as there are. */
export function evaluationShader(variant: Variant): string {
  const { lanes } = variant;
  return /* wgsl */ `${header(variant, 'evaluation')}
@group(0) @binding(2) var<storage, read> history: array<vec4f>;
/** The last sums, [epoch, replica, point, output]. */
@group(0) @binding(3) var<storage, read_write> sums: array<f32>;

fn tileStart() -> u32 { return memoryStart; }
fn parameter(row: u32, at: u32) -> vec4f { return history[row * run.quads + at]; }
${forward(variant, 'evaluation')}

@compute @workgroup_size(${lanes})
fn evaluate(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  ${startOf(variant, 'evaluation')}
  let width = run.layers[0].inQuads;
  let last = run.layers[run.depth - 1];
  let all = run.ownSize + run.testSize;
  let tiles = (all + run.evaluationTile - 1) / run.evaluationTile;
  for (var item = run.fromItem + workgroup.x; item < run.untilItem; item += workgroups.x) {
    let row = item / tiles;
    let replica = row % run.replicas;
    let begun = item % tiles * run.evaluationTile;
    for (var i = lane; i < run.evaluationTile * width; i += ${lanes}) {
      let q = min(begun + i / width, all - 1);
      let own = replica * run.ownSize + q;
      let ofAll = run.replicas * run.ownSize + q - run.ownSize;
      memory[memoryStart + i] = x[select(ofAll, own, q < run.ownSize) * width + i % width];
    }
    barrier();
    carry(row, lane);
    let here = min(run.evaluationTile, all - begun);
    for (var i = lane; i < here * last.outputs; i += ${lanes}) {
      let k = i % last.outputs;
      let at = memoryStart + last.errors * run.evaluationTile + i / last.outputs * last.outQuads + k / 4;
      sums[(row * all + begun) * last.outputs + i] = memory[at][k % 4];
    }
    barrier();
  }
}
`;
}

function header({ memory }: Variant, of: 'training' | 'evaluation'): string {
  const binding = of === 'training' ? 8 : 4;
  return /* wgsl */ `${RUN_WGSL}
/** Inputs in quads: training and validation points of each replica, then the test points. */
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
/** The parameters, where they are resident; then inputs, activations and errors of a tile, each point by point. */
${memory > 0 ? `var<workgroup> memory: array<vec4f, ${memory}>;` : `@group(0) @binding(${binding}) var<storage, read_write> memory: array<vec4f>;`}
/** Where the part of this workgroup begins. */
var<private> memoryStart: u32;

fn barrier() { workgroupBarrier(); storageBarrier(); }
${ACTIVATION_FUNCTIONS_WGSL}`;
}

function startOf({ memory }: Variant, of: 'training' | 'evaluation'): string {
  return memory > 0 ? '' : `memoryStart = workgroup.x * run.perPoint * run.${of}Tile;`;
}

function slotLines({ optimizer }: Variant, line: (slot: string, s: number) => string): string {
  return OPTIMIZERS[optimizer].slots
    .map((_, s) => line(`slots[${s}u * run.replicas * run.quads + place]`, s))
    .join('\n  ');
}

/** For each point of a group. */
const each = (group: number, line: (g: number) => string): string =>
  Array.from({ length: group }, (_, g) => line(g)).join(' ');

/** The four rows of weights from input 4i on, to the quad j of units. */
const WEIGHTS = `mat4x4f(${[0, 1, 2, 3].map((k) => `parameter(r, rows4 + ${k} * layer.outQuads)`).join(', ')})`;

/**
 * `carry` takes the points of a tile through the network. An invocation takes a quad of units and a group of points, so
 * that each weight it reads serves them all.
 */
function forward({ activation, group, lanes }: Variant, of: 'training' | 'evaluation'): string {
  const G = group[of];
  const { value, from } = ACTIVATION_SNIPPETS[activation];
  return /* wgsl */ `
fn carry(r: u32, lane: u32) {
  let size = run.${of}Tile;
  for (var l = 0u; l < run.depth; l++) {
    let layer = run.layers[l];
    let hidden = l + 1 < run.depth;
    let given = tileStart() + layer.given * size;
    let values = tileStart() + layer.values * size;
    let errors = tileStart() + layer.errors * size;
    for (var t = lane; t < size / ${G} * layer.outQuads; t += ${lanes}) {
      let j = t % layer.outQuads;
      let p = t / layer.outQuads * ${G};
      let bias = parameter(r, layer.weights + 4 * layer.inQuads * layer.outQuads + j);
      ${each(G, (g) => `var z${g} = bias;`)}
      for (var i = 0u; i < layer.inQuads; i++) {
        let rows4 = layer.weights + 4 * i * layer.outQuads + j;
        let w = ${WEIGHTS};
        ${each(G, (g) => `z${g} += w * memory[given + (p + ${g}) * layer.inQuads + i];`)}
      }
      // What pads the last quad stays zero for the next layer, also where the activation of zero is not.
      let real = 4 * vec4u(j) + vec4u(0, 1, 2, 3) < vec4u(layer.outputs);
      let sums = select(errors, values, hidden);
      ${each(G, (g) => `memory[sums + (p + ${g}) * layer.outQuads + j] = z${g};`)}
      // One activation in the code instead of one for each point: compilers take their time.
      for (var g = 0u; g < select(0u, ${G}u, hidden); g++) {
        let at = (p + g) * layer.outQuads + j;
        let z = memory[values + at];
        memory[values + at] = select(vec4f(0), ${value}, real);
        ${of === 'training' && from === 'z' ? 'memory[errors + at] = z;' : ''}
      }
    }
    barrier();
  }
}`;
}

/** `carryBack` makes the errors of each layer from those above: through the weights, times the slopes. */
function backward({ activation, group, lanes }: Variant): string {
  const G = group.training;
  const { slope, from } = ACTIVATION_SNIPPETS[activation];
  return /* wgsl */ `
fn carryBack(r: u32, lane: u32) {
  let size = run.trainingTile;
  for (var l = run.depth - 1; l > 0; l--) {
    let layer = run.layers[l];
    let errors = tileStart() + layer.errors * size;
    let values = tileStart() + layer.given * size;
    let below = tileStart() + run.layers[l - 1].errors * size;
    for (var t = lane; t < size / ${G} * layer.inQuads; t += ${lanes}) {
      let i = t % layer.inQuads;
      let p = t / layer.inQuads * ${G};
      ${each(G, (g) => `var e${g} = vec4f(0);`)}
      for (var j = 0u; j < layer.outQuads; j++) {
        let rows4 = layer.weights + 4 * i * layer.outQuads + j;
        let w = ${WEIGHTS};
        ${each(G, (g) => `e${g} += memory[errors + (p + ${g}) * layer.outQuads + j] * w;`)}
      }
      ${each(
        G,
        (g) => `{
        let at = (p + ${g}) * layer.inQuads + i;
        let ${from} = memory[${from === 'a' ? 'values' : 'below'} + at];
        memory[below + at] = e${g} * (${slope});
      }`,
      )}
    }
    barrier();
  }
}`;
}
