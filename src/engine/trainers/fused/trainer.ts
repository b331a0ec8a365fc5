/** @file Trains all replicas at once in one kernel on WebGPU: many whole epochs in a submit, read back together. */
import { stepsPerEpoch } from '../../batches.ts';
import type { Clock } from '../../clock.ts';
import { initialWeights } from '../../network.ts';
import { OPTIMIZERS } from '../../optimizers.ts';
import type { Gate, Job, TrainedEpochs, Trainer, TrainerState } from '../../trainer.ts';
import { Chunk } from './chunk.ts';
import { inputQuads } from './inputs.ts';
import { pack, placesOf, unpack } from './layout.ts';
import { nowOf } from './optimizers.ts';
import { pipelinesOf, type Pipelines } from './pipelines.ts';
import { planOf, shuffles, type Plan } from './plan.ts';
import { partOf, RUN_BYTES, runOf } from './run.ts';
import { Slices } from './slices.ts';

/** The device to train on, which may be that of TensorFlow.js. */
export interface FusedDevice {
  device: GPUDevice;
  /** Whether a processor plays it. */
  software: boolean;
  clock: Clock;
}

/** Workgroups of an evaluation: enough to fill a device, and few where each has its own place in storage. */
const EVALUATORS = 1024;
const EVALUATORS_IN_STORAGE = 64;

/** Parameters and slots after some epochs; the slots' buffer also holds the gradient of a batch in the making. */
interface State {
  epoch: number;
  step: number;
  parameters: GPUBuffer;
  slots: GPUBuffer;
}

export class FusedTrainer implements Trainer {
  readonly backend = 'webgpu';
  readonly #places: Int32Array;
  readonly #buffers: GPUBuffer[] = [];
  readonly #x: GPUBuffer;
  readonly #y: GPUBuffer;
  readonly #order: GPUBuffer;
  readonly #run: GPUBuffer;
  /** The memory of all workgroups, where it is not their own. */
  readonly #memory: GPUBuffer[];
  readonly #slices: Slices;
  /** Where the last `advance` ended, and the one in which the next works. */
  #committed: State;
  #working: State;
  #chunk: Chunk | null = null;

  /** Compiles without holding the thread; rejects if the device does not take the shaders. */
  static async create(job: Job, { device, software, clock }: FusedDevice): Promise<FusedTrainer> {
    const plan = planOf(job, { software, limits: device.limits });
    return new FusedTrainer(job, plan, await pipelinesOf(device, plan.variant), device, clock);
  }

  private constructor(
    private readonly job: Job,
    private readonly plan: Plan,
    private readonly pipelines: Pipelines,
    private readonly device: GPUDevice,
    clock: Clock,
  ) {
    const { experiment, layout, replicas } = job;
    const { count: R, train } = replicas;
    this.#places = placesOf(plan, layout);
    this.#slices = new Slices(job, plan, clock);
    this.#x = this.#upload(inputQuads(replicas));
    this.#y = this.#upload(train.y);
    this.#order = this.#buffer(
      shuffles(experiment, train.size) ? 4 * R * (train.size + 4 * Math.ceil(train.size / 4)) : 4,
    );
    this.#run = this.#buffer(RUN_BYTES, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
    device.queue.writeBuffer(this.#run, 0, runOf(job, plan));
    const evaluators = EVALUATORS_IN_STORAGE * plan.tile.evaluation;
    this.#memory =
      plan.variant.memory > 0 ? [] : [this.#buffer(16 * plan.perPoint * Math.max(R * plan.tile.training, evaluators))];
    const bytes = 16 * plan.quads * R;
    const empty = (): State => ({
      epoch: 0,
      step: 0,
      parameters: this.#buffer(bytes),
      slots: this.#buffer(bytes * (this.#slotCount + 1)),
    });
    this.#committed = empty();
    this.#working = empty();
    const weights = new Float32Array(R * layout.parameters);
    for (let r = 0; r < R; r++) weights.set(initialWeights(layout, experiment, r), r * layout.parameters);
    this.#write({ epoch: 0, step: 0, weights, slots: [] });
  }

  async advance(epochs: number, gate: Gate): Promise<TrainedEpochs> {
    const { device, plan } = this;
    const { experiment, replicas } = this.job;
    const { count: R, train } = replicas;
    const { epoch, step } = this.#committed;
    const steps = stepsPerEpoch(experiment, train.size);
    const chunk = this.#chunkFor(epochs, steps);
    const now = Array.from({ length: epochs * steps }, (_, s) => nowOf(experiment.training.optimizer, step + s + 1));
    device.queue.writeBuffer(chunk.schedule, 0, new Float32Array(now.flat()));
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(
      this.#committed.parameters,
      0,
      this.#working.parameters,
      0,
      this.#working.parameters.size,
    );
    if (this.#slotCount > 0) {
      const bytes = 16 * plan.quads * R * this.#slotCount;
      encoder.copyBufferToBuffer(this.#committed.slots, 0, this.#working.slots, 0, bytes);
    }
    device.queue.submit([encoder.finish()]);

    const training = this.#group(this.pipelines.training, [
      this.#run,
      this.#x,
      chunk.history,
      this.#y,
      chunk.schedule,
      this.#working.parameters,
      this.#working.slots,
      this.#order,
      ...this.#memory,
    ]);
    const evaluation = this.#group(this.pipelines.evaluation, [
      this.#run,
      this.#x,
      chunk.history,
      chunk.sums,
      ...this.#memory,
    ]);
    let packed: Float32Array | null = null;
    for (const slice of this.#slices.of(epochs)) {
      await gate(slice.done);
      device.queue.writeBuffer(this.#run, 0, partOf(slice, epoch));
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      if (slice.untilTile > slice.fromTile) {
        pass.setPipeline(this.pipelines.training);
        pass.setBindGroup(0, training);
        pass.dispatchWorkgroups(slice.untilReplica - slice.fromReplica);
      }
      if (slice.untilItem > slice.fromItem) {
        pass.setPipeline(this.pipelines.evaluation);
        pass.setBindGroup(0, evaluation);
        pass.dispatchWorkgroups(Math.min(slice.untilItem - slice.fromItem, this.#evaluators));
      }
      pass.end();
      const begun = this.#slices.begin();
      if (slice.last) {
        packed = await this.#orLost(chunk.read(encoder, epochs));
      } else {
        device.queue.submit([encoder.finish()]);
        await this.#orLost(device.queue.onSubmittedWorkDone());
      }
      this.#slices.learn(slice, begun);
    }
    if (!packed) throw new Error('advance: there are no epochs to train');
    await gate(epochs);
    this.#working = { ...this.#working, epoch: epoch + epochs, step: step + epochs * steps };
    [this.#working, this.#committed] = [this.#committed, this.#working];
    const history = 4 * plan.quads * R * epochs;
    return {
      count: epochs,
      weights: unpack(packed.subarray(0, history), this.#places, plan.quads),
      outputs: packed.slice(history),
    };
  }

  async snapshot(): Promise<TrainerState> {
    const { epoch, step, parameters, slots } = this.#committed;
    const { size } = parameters;
    const staging = this.device.createBuffer({
      size: size * (1 + this.#slotCount),
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    try {
      const encoder = this.device.createCommandEncoder();
      encoder.copyBufferToBuffer(parameters, 0, staging, 0, size);
      if (this.#slotCount > 0) encoder.copyBufferToBuffer(slots, 0, staging, size, size * this.#slotCount);
      this.device.queue.submit([encoder.finish()]);
      await this.#orLost(staging.mapAsync(GPUMapMode.READ));
      const all = new Float32Array(staging.getMappedRange());
      const part = (i: number) =>
        unpack(all.subarray((i * size) / 4, ((i + 1) * size) / 4), this.#places, this.plan.quads);
      return { epoch, step, weights: part(0), slots: Array.from({ length: this.#slotCount }, (_, s) => part(s + 1)) };
    } finally {
      staging.destroy();
    }
  }

  restore(state: TrainerState): void {
    const size = this.job.replicas.count * this.job.layout.parameters;
    for (const [name, { length }] of [
      ['weights', state.weights] as const,
      ...state.slots.map((s, i) => [`slot ${i}`, s] as const),
    ]) {
      if (length !== size)
        throw new Error(
          `restore: ${name} holds ${length} numbers, this experiment needs ${size}; it belongs to another one`,
        );
    }
    this.#write(state);
  }

  dispose(): void {
    for (const buffer of this.#buffers) buffer.destroy();
    this.#chunk?.destroy();
  }

  get #slotCount(): number {
    return OPTIMIZERS[this.plan.variant.optimizer].slots.length;
  }

  get #evaluators(): number {
    return this.plan.variant.memory > 0 ? EVALUATORS : EVALUATORS_IN_STORAGE;
  }

  /** Points of each replica that are evaluated. */
  get #points(): number {
    const { train, validation, test } = this.job.replicas;
    return train.size + validation.size + test.size;
  }

  #write({ epoch, step, weights, slots }: TrainerState): void {
    const bytes = 16 * this.plan.quads * this.job.replicas.count;
    const write = (buffer: GPUBuffer, at: number, values: Float32Array) =>
      this.device.queue.writeBuffer(buffer, at, pack(values, this.#places, this.plan.quads));
    write(this.#committed.parameters, 0, weights);
    slots.forEach((slot, s) => write(this.#committed.slots, s * bytes, slot));
    this.#committed = { ...this.#committed, epoch, step };
  }

  /** Buffers for a chunk of so many epochs, kept for shorter ones. */
  #chunkFor(epochs: number, steps: number): Chunk {
    if (this.#chunk && this.#chunk.epochs >= epochs) return this.#chunk;
    this.#chunk?.destroy();
    const { count, outputs } = this.job.replicas;
    const perEpoch = {
      history: 16 * this.plan.quads * count,
      sums: 4 * count * this.#points * outputs,
      schedule: 16 * steps,
    };
    return (this.#chunk = new Chunk(this.device, epochs, perEpoch));
  }

  #group(pipeline: GPUComputePipeline, buffers: GPUBuffer[]): GPUBindGroup {
    return this.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
  }

  #upload(values: Float32Array): GPUBuffer {
    const buffer = this.#buffer(values.byteLength);
    this.device.queue.writeBuffer(buffer, 0, values.buffer, values.byteOffset, values.byteLength);
    return buffer;
  }

  #buffer(size: number, usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC): GPUBuffer {
    const buffer = this.device.createBuffer({ size, usage });
    this.#buffers.push(buffer);
    return buffer;
  }

  /** What is waited for may never come from a device that was lost. */
  #orLost<T>(promise: Promise<T>): Promise<T> {
    const lost = this.device.lost.then(({ message }): never => {
      throw new Error(`the graphics device was lost${message ? ` (${message})` : ''}`);
    });
    return Promise.race([promise, lost]);
  }
}
