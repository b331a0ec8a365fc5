/** @file Trains all replicas at once in one kernel on WebGPU: many whole epochs in a submit, read back together. */
import type { Clock } from '../../clock.ts';
import { initialWeights } from '../../model/network.ts';
import { OPTIMIZERS } from '../../training/optimizers.ts';
import { initialStepSettings } from '../../training/initial-step-settings.ts';
import { checkState } from '../check-state.ts';
import type { Gate, Job, StepSettings, TrainedEpochs, Trainer, TrainerState } from '../trainer.ts';
import { Chunk } from './chunk.ts';
import { inputQuads, labelPairs, ratePairs } from './inputs.ts';
import { bindGroup } from './pipelines.ts';
import { pack, placesOf, unpack } from './layout.ts';
import { orLost } from './or-lost.ts';
import { dispatchOf, RUN_BYTES, runOf } from './run.ts';
import { scheduleOf } from './schedule.ts';
import { setupOf, type Setup } from './setup.ts';
import { Slices } from './slices.ts';

/** The device to train on, which may be that of TensorFlow.js. */
export interface FusedDevice {
  device: GPUDevice;
  /** Whether a processor plays it. */
  software: boolean;
  clock: Clock;
}

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
  readonly #slices: Slices;
  /** Where the last `advance` ended, and the one in which the next works. */
  #committed: State;
  #working: State;
  #chunk: Chunk | null = null;
  #setup: Setup;

  /** Compiles without holding the thread; rejects if the device does not take the shaders. */
  static async create(job: Job, on: FusedDevice): Promise<FusedTrainer> {
    return new FusedTrainer(job, on, await setupOf(job, on));
  }

  private constructor(
    private readonly job: Job,
    private readonly on: FusedDevice,
    setup: Setup,
  ) {
    const { experiment, layout, replicas } = job;
    const { count: R, train } = replicas;
    const { plan } = (this.#setup = setup);
    this.#places = placesOf(plan, layout);
    this.#slices = new Slices(job, on.clock);
    this.#x = this.#upload(inputQuads(replicas));
    this.#y = this.#upload(labelPairs(job));
    this.#order = this.#buffer(experiment.training.shuffle ? 4 * R * (train.size + 4 * Math.ceil(train.size / 4)) : 4);
    this.#run = this.#buffer(RUN_BYTES, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
    on.device.queue.writeBuffer(this.#run, 0, runOf(job, plan));
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

  async advance(
    epochs: number,
    gate: Gate,
    settings: StepSettings = initialStepSettings(this.job),
  ): Promise<TrainedEpochs> {
    const { plan, pipelines, memory, evaluators } = await this.#setupFor(settings.batch);
    const { device } = this.on;
    const { experiment, replicas } = this.job;
    const { count: R, train } = replicas;
    const { epoch, step } = this.#committed;
    const chunk = this.#chunkFor(epochs, plan.steps);
    device.queue.writeBuffer(chunk.schedule, 0, scheduleOf(experiment, epoch, step + 1, epochs, plan.steps));
    device.queue.writeBuffer(this.#y, 8 * R * train.size, ratePairs(settings.rates));
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

    const training = bindGroup(device, pipelines.training, [
      this.#run,
      this.#x,
      chunk.history,
      this.#y,
      chunk.schedule,
      this.#working.parameters,
      this.#working.slots,
      this.#order,
      ...memory,
    ]);
    const evaluation = bindGroup(device, pipelines.evaluation, [
      this.#run,
      this.#x,
      chunk.history,
      chunk.sums,
      ...memory,
    ]);
    let packed: Float32Array | null = null;
    for (const slice of this.#slices.of(epochs, plan)) {
      await gate(slice.done);
      device.queue.writeBuffer(this.#run, 0, dispatchOf(slice, epoch));
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      if (slice.untilTile > slice.fromTile) {
        pass.setPipeline(pipelines.training);
        pass.setBindGroup(0, training);
        pass.dispatchWorkgroups(slice.untilReplica - slice.fromReplica);
      }
      if (slice.untilItem > slice.fromItem) {
        pass.setPipeline(pipelines.evaluation);
        pass.setBindGroup(0, evaluation);
        pass.dispatchWorkgroups(Math.min(slice.untilItem - slice.fromItem, evaluators));
      }
      pass.end();
      const begun = this.#slices.begin();
      if (slice.last) {
        packed = await orLost(this.on.device, chunk.read(encoder, epochs));
      } else {
        device.queue.submit([encoder.finish()]);
        await orLost(this.on.device, device.queue.onSubmittedWorkDone());
      }
      this.#slices.learn(slice, begun);
    }
    if (!packed) throw new Error('advance: there are no epochs to train');
    await gate(epochs);
    this.#working = { ...this.#working, epoch: epoch + epochs, step: step + epochs * plan.steps };
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
    const staging = this.on.device.createBuffer({
      size: size * (1 + this.#slotCount),
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    try {
      const encoder = this.on.device.createCommandEncoder();
      encoder.copyBufferToBuffer(parameters, 0, staging, 0, size);
      if (this.#slotCount > 0) encoder.copyBufferToBuffer(slots, 0, staging, size, size * this.#slotCount);
      this.on.device.queue.submit([encoder.finish()]);
      await orLost(this.on.device, staging.mapAsync(GPUMapMode.READ));
      const all = new Float32Array(staging.getMappedRange());
      const part = (i: number) =>
        unpack(all.subarray((i * size) / 4, ((i + 1) * size) / 4), this.#places, this.#setup.plan.quads);
      return { epoch, step, weights: part(0), slots: Array.from({ length: this.#slotCount }, (_, s) => part(s + 1)) };
    } finally {
      staging.destroy();
    }
  }

  restore(state: TrainerState): void {
    checkState(state, this.job);
    this.#write(state);
  }

  dispose(): void {
    for (const buffer of this.#buffers) buffer.destroy();
    for (const buffer of this.#setup.memory) buffer.destroy();
    this.#chunk?.destroy();
  }

  get #slotCount(): number {
    return OPTIMIZERS[this.job.experiment.training.optimizer.name].slots.length;
  }

  #write({ epoch, step, weights, slots }: TrainerState): void {
    const bytes = 16 * this.#setup.plan.quads * this.job.replicas.count;
    const write = (buffer: GPUBuffer, at: number, values: Float32Array) =>
      this.on.device.queue.writeBuffer(buffer, at, pack(values, this.#places, this.#setup.plan.quads));
    write(this.#committed.parameters, 0, weights);
    slots.forEach((slot, s) => write(this.#committed.slots, s * bytes, slot));
    this.#committed = { ...this.#committed, epoch, step };
  }

  /** The one that is there, if it is for minibatches of this size. */
  async #setupFor(batch: number): Promise<Setup> {
    if (this.#setup.plan.batch === batch) return this.#setup;
    const setup = await setupOf(this.job, this.on, batch);
    for (const buffer of this.#setup.memory) buffer.destroy();
    this.on.device.queue.writeBuffer(this.#run, 0, runOf(this.job, setup.plan));
    return (this.#setup = setup);
  }

  /** Buffers for a chunk of so many epochs and steps, kept for shorter ones. */
  #chunkFor(epochs: number, steps: number): Chunk {
    if (this.#chunk?.holds(epochs, steps)) return this.#chunk;
    this.#chunk?.destroy();
    const { count, outputs, train, validation, test } = this.job.replicas;
    const points = train.size + validation.size + test.size;
    const perEpoch = {
      history: 16 * this.#setup.plan.quads * count,
      sums: 4 * count * points * outputs,
    };
    return (this.#chunk = new Chunk(this.on.device, epochs, steps, perEpoch));
  }

  #upload(values: Float32Array): GPUBuffer {
    const buffer = this.#buffer(values.byteLength);
    this.on.device.queue.writeBuffer(buffer, 0, values.buffer, values.byteOffset, values.byteLength);
    return buffer;
  }

  #buffer(size: number, usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC): GPUBuffer {
    const buffer = this.on.device.createBuffer({ size, usage });
    this.#buffers.push(buffer);
    return buffer;
  }
}
