/** @file The forward pass and backpropagation in WGSL. */
import { ACTIVATION_SNIPPETS } from './activations.ts';
import { normaliseBackWgsl, normaliseWgsl, STANDARD } from './layer-norm.ts';
import type { Variant } from './plan.ts';

/** For each point of a group. */
const each = (group: number, line: (g: number) => string): string =>
  Array.from({ length: group }, (_, g) => line(g)).join(' ');

/**
 * For each group of points and each of `quads`, which `quad` counts. Where four invocations share what they read, they take
 * the same quad at the same time, of four groups.
 */
function tasks(of: { lanes: number; group: number; shared: boolean }, quads: string, quad: string): string {
  const groups = `size / ${of.group}`;
  return of.shared
    ? `for (var begun = 0u; begun < ${groups} * ${quads}; begun += ${of.lanes}) {
      let ${quad} = (begun + lane) / (${groups});
      let p = (begun + lane) % (${groups}) * ${of.group};`
    : `for (var t = lane; t < ${groups} * ${quads}; t += ${of.lanes}) {
      let ${quad} = t % ${quads};
      let p = t / ${quads} * ${of.group};`;
}

/** The four rows of weights from input 4i on, to the quad j of units; each read once, where four invocations share them. */
function weights(shared: boolean): string {
  const row = (k: number) => (shared ? `subgroupBroadcast(own, ${k})` : `parameter(r, rows4 + ${k} * layer.outQuads)`);
  return `let rows4 = layer.weights + 4 * i * layer.outQuads + j;
        ${shared ? 'let own = parameter(r, rows4 + lane * layer.outQuads);' : ''}
        let w = mat4x4f(${[0, 1, 2, 3].map(row).join(', ')});`;
}

/**
 * `carry` takes the points of a tile through the network. An invocation takes a quad of units and a group of points, so
 * that each weight it reads serves them all; where hidden layers are normalised, its sums are activated once those of the
 * whole layer are there. Where units are left out, their slopes and factors wait in the place of the errors.
 */
export function forwardPass(
  { activation, group, shared, lanes, dropout, layerNorm }: Variant,
  of: 'training' | 'evaluation',
): string {
  const G = group[of];
  const { value, slope, from } = ACTIVATION_SNIPPETS[activation];
  const kept = (point: string) =>
    of === 'training' && dropout
      ? `let factors = factorsOf(layer, placeNow + ${point}, j, r);
        memory[values + at] = a * factors;
        memory[errors + at] = (${slope}) * factors;`
      : `memory[values + at] = a;
        ${of === 'training' && from === 'z' ? 'memory[errors + at] = z;' : ''}`;
  const activated = (point: string) => `let a = ${value};
        ${kept(point)}`;
  const activatedAtOnce = `// One activation in the code instead of one for each point: compilers take their time.
      for (var g = 0u; g < select(0u, ${G}u, hidden); g++) {
        let at = (p + g) * layer.outQuads + j;
        let z = memory[values + at];
        ${activated('p + g')}
      }`;
  // A processor reads memory so slowly that one activation for each point pays, where nothing else has to be kept.
  const early = shared[of] && !layerNorm && (of === 'evaluation' || (from === 'a' && !dropout));
  const stored = (g: number) => {
    const place = `memory[sums + (p + ${g}) * layer.outQuads + j]`;
    return early ? `{ let z = z${g}; ${place} = select(z, ${value}, hidden); }` : `${place} = z${g};`;
  };
  return /* wgsl */ `${layerNorm ? normaliseWgsl(lanes, activated('p')) : ''}
fn carry(r: u32, lane: u32) {
  let size = run.${of}Tile;
  for (var l = 0u; l < run.depth; l++) {
    let layer = run.layers[l];
    let hidden = l + 1 < run.depth;
    let given = tileStart() + layer.given * size;
    let values = tileStart() + layer.values * size;
    let errors = tileStart() + layer.errors * size;
    ${tasks({ lanes, group: G, shared: shared[of] }, 'layer.outQuads', 'j')}
      let bias = parameter(r, layer.weights + 4 * layer.inQuads * layer.outQuads + j);
      ${each(G, (g) => `var z${g} = bias;`)}
      for (var i = 0u; i < layer.inQuads; i++) {
        ${weights(shared[of])}
        ${each(G, (g) => `z${g} += w * memory[given + (p + ${g}) * layer.inQuads + i];`)}
      }
      // What pads the last quad stays zero for the next layer, also where the activation of zero is not.
      let real = 4 * vec4u(j) + vec4u(0, 1, 2, 3) < vec4u(layer.outputs);
      let sums = select(errors, ${layerNorm ? STANDARD : 'values'}, hidden);
      ${each(G, stored)}
      ${layerNorm || early ? '' : activatedAtOnce}
    }
    barrier();${layerNorm ? '\n    if (hidden) { normalise(r, lane, layer, size); }' : ''}
  }
}`;
}

/**
 * `carryBack` makes the errors of each layer from those above: through the weights, times the slopes. Gains and shifts take
 * their step on the way; what `descend` is told of the batch is for them.
 */
export function backwardPass({ activation, group, shared, lanes, dropout, layerNorm }: Variant): string {
  const G = group.training;
  const { slope, from } = ACTIVATION_SNIPPETS[activation];
  const batch = layerNorm ? ', here: u32, first: bool, complete: bool, now: vec4f' : '';
  return /* wgsl */ `${layerNorm ? normaliseBackWgsl(lanes) : ''}
fn carryBack(r: u32, lane: u32${batch}) {
  let size = run.trainingTile;
  for (var l = run.depth - 1; l > 0; l--) {
    let layer = run.layers[l];
    let errors = tileStart() + layer.errors * size;
    let values = tileStart() + layer.given * size;
    let below = tileStart() + run.layers[l - 1].errors * size;
    ${tasks({ lanes, group: G, shared: shared.training }, 'layer.inQuads', 'i')}
      ${each(G, (g) => `var e${g} = vec4f(0);`)}
      for (var j = 0u; j < layer.outQuads; j++) {
        ${weights(shared.training)}
        ${each(G, (g) => `e${g} += memory[errors + (p + ${g}) * layer.outQuads + j] * w;`)}
      }
      ${each(
        G,
        (g) => `{
        let at = (p + ${g}) * layer.inQuads + i;
        ${dropout ? '' : `let ${from} = memory[${from === 'a' ? 'values' : 'below'} + at];`}
        memory[below + at] = e${g} * (${dropout ? 'memory[below + at]' : slope});
      }`,
      )}
    }
    barrier();${layerNorm ? '\n    normaliseBack(r, lane, run.layers[l - 1], here, first, complete, now);' : ''}
  }
}`;
}
