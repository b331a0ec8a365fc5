/** @file The buffers that record the epochs of one `advance`, and reading them back from the device. */

/** Bytes of one epoch in each buffer. */
interface PerEpoch {
  history: number;
  sums: number;
}

export class Chunk {
  /** The parameters after each epoch. */
  readonly history: GPUBuffer;
  /** The last sums of every point after each epoch. */
  readonly sums: GPUBuffer;
  /** What the optimizer needs to know of each step. */
  readonly schedule: GPUBuffer;
  readonly #staging: GPUBuffer;

  constructor(
    private readonly device: GPUDevice,
    /** The most epochs that it has room for, and steps of an epoch. */
    private readonly epochs: number,
    private readonly steps: number,
    private readonly perEpoch: PerEpoch,
  ) {
    const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const make = (bytes: number, usage = storage) => device.createBuffer({ size: epochs * bytes, usage });
    this.history = make(perEpoch.history);
    this.sums = make(perEpoch.sums);
    this.schedule = make(16 * steps);
    this.#staging = make(perEpoch.history + perEpoch.sums, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  }

  holds(epochs: number, steps: number): boolean {
    return epochs <= this.epochs && steps <= this.steps;
  }

  /** Submits the work so far and reads what it recorded: the history, and behind it the sums. */
  async read(encoder: GPUCommandEncoder, epochs: number): Promise<Float32Array> {
    const history = epochs * this.perEpoch.history;
    const sums = epochs * this.perEpoch.sums;
    encoder.copyBufferToBuffer(this.history, 0, this.#staging, 0, history);
    encoder.copyBufferToBuffer(this.sums, 0, this.#staging, history, sums);
    this.device.queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(GPUMapMode.READ, 0, history + sums);
    const values = new Float32Array(this.#staging.getMappedRange(0, history + sums)).slice();
    this.#staging.unmap();
    return values;
  }

  destroy(): void {
    for (const buffer of [this.history, this.sums, this.schedule, this.#staging]) buffer.destroy();
  }
}
