/** @file Waiting for a GPU device that may be lost meanwhile. */

/** The promise's value; rejects when the device is lost, since a promise that it owes may then never settle. */
export function orLost<T>(device: GPUDevice, promise: Promise<T>): Promise<T> {
  const lost = device.lost.then(({ message }): never => {
    throw new Error(`the graphics device was lost${message ? ` (${message})` : ''}`);
  });
  return Promise.race([promise, lost]);
}
