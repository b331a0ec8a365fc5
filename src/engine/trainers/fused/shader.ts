/** @file The two shaders: one trains every replica in a workgroup of its own, one evaluates any number of points. */
import { ACTIVATION_FUNCTIONS_WGSL } from './activations.ts';
import { descent } from './descent.ts';
import { DROPOUT_WGSL, NOISE_WGSL } from './disturbance.ts';
import { objectiveWgsl } from './objectives.ts';
import { SHUFFLE_WGSL } from './order.ts';
import { backwardPass, forwardPass } from './passes.ts';
import { MOST_CARDS, MOST_TILE_POINTS, type Variant } from './plan.ts';
import { PHILOX_WGSL } from './random.ts';
import { RUN_WGSL } from './run.ts';

/** Trains a replica in each workgroup, from one tile of the chunk's minibatches to another. */
export function trainingShader(variant: Variant): string {
  const { resident, deck, lanes, dropout, noise, layerNorm, whole } = variant;
  const objective = objectiveWgsl(variant.objective, variant.focal);
  const placed = dropout || noise;
  return /* wgsl */ `${header(variant, 'training')}
/** The parameters after each epoch of the chunk, of each replica. */
@group(0) @binding(2) var<storage, read_write> history: array<vec4f>;
/** Label and weight of each training point; behind them each replica's factor on the learning rate. */
@group(0) @binding(3) var<storage, read> y: array<vec2f>;
@group(0) @binding(4) var<storage, read> schedule: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> parameters: array<vec4f>;
/** The optimizer's slots, and behind them the gradient of a batch, where a single tile does not give the step. */
@group(0) @binding(6) var<storage, read_write> slots: array<vec4f>;
/** The order of the training points, and the random words that it is made from. */
@group(0) @binding(7) var<storage, read_write> order: array<u32>;
/** The training point in each place of the tile. */
var<workgroup> rows: array<u32, ${MOST_TILE_POINTS}>;
${deck ? `var<workgroup> deck: array<u32, ${MOST_CARDS}>;` : ''}
${placed ? '/** Where in the order of which epoch the tile begins. */\nvar<private> placeNow: u32;\nvar<private> epochNow: u32;' : ''}
${PHILOX_WGSL}${SHUFFLE_WGSL(deck, lanes)}${dropout ? DROPOUT_WGSL : ''}${noise ? NOISE_WGSL : ''}
fn tileStart() -> u32 { return memoryStart + ${resident ? 'run.quads' : '0u'}; }
${forwardPass(variant, 'training')}
${objective.functions}
${backwardPass(variant)}
${descent(variant)}

@compute @workgroup_size(${lanes})
fn train(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) lane: u32) {
  let r = run.firstReplica + workgroup.x;
  ${startOf(variant, 'training')}
  let width = run.layers[0].inQuads;
  let cards = r * (run.trainSize + 4 * ((run.trainSize + 3) / 4));
  let last = run.layers[run.depth - 1];
  let sums = tileStart() + last.errors * run.trainingTile;
  let rateFactor = vec4f(y[run.replicas * run.trainSize + r].x, 1, 1, 1);
  ${resident ? `for (var i = lane; i < run.quads; i += ${lanes}) { memory[i] = parameters[r * run.quads + i]; }` : ''}
  for (var at = run.fromTile; at < run.untilTile; at++) {
    let step = at / run.tiles;
    let begun = at % run.tiles * run.trainingTile;
    let epoch = step / run.steps;
    let place = step % run.steps;
    if (run.shuffled == 1 && place == 0 && begun == 0) { shuffle(lane, cards, orderDraw(r), run.epoch + epoch); }
    let start = place * run.batch;
    let points = min(run.batch, run.trainSize - start);
    if (begun < points) {
      let even = 1 / f32(points);
      let now = rateFactor * schedule[step];
      let here = min(run.trainingTile, points - begun);
      let complete = begun + run.trainingTile >= points;
      ${placed ? 'placeNow = start + begun;\n      epochNow = run.epoch + epoch;' : ''}
      for (var i = lane; i < run.trainingTile * width; i += ${lanes}) {
        // What is left over at the end of a tile takes a point that is there; its errors are left out.
        let p = i / width;
        let from_ = start + begun + min(p, here - 1);
        var row = from_;
        if (run.shuffled == 1) { row = order[cards + from_]; }
        rows[p] = row;
        let clean = x[(r * run.ownSize + row) * width + i % width];
        memory[tileStart() + i] = ${noise ? 'clean + run.inputNoise * noiseOf(from_, i % width, r)' : 'clean'};
      }
      barrier();
      carry(r, lane);
      for (var p = lane; p < here; p += ${lanes}) {
        let at = sums + p * last.outQuads;
        let point = y[r * run.trainSize + rows[p]];
        let label = point.x;
        let share = point.y * even;
        ${objective.snippet}
      }
      barrier();
      ${layerNorm ? 'carryBack(r, lane, here, begun == 0, complete, now);' : 'carryBack(r, lane);'}
      descend(r, lane, here, begun == 0, complete, now);
      barrier();
      ${whole ? 'if (complete) { settle(r, lane, now); }' : ''}
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
${forwardPass(variant, 'evaluation')}

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

function header({ memory, shared }: Variant, of: 'training' | 'evaluation'): string {
  const binding = of === 'training' ? 8 : 4;
  return /* wgsl */ `${shared[of] ? 'enable subgroups;\n' : ''}${RUN_WGSL}
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
