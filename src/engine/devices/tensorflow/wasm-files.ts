/** @file Paths of TensorFlow.js's two WebAssembly binaries: assets of the build in a browser, package files in Node. */
import { loadCode } from '../../load-code.ts';

export interface WasmFiles {
  simd: string;
  plain: string;
}

export async function wasmFiles(): Promise<WasmFiles> {
  if (import.meta.env.SSR) {
    const folder = '../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/';
    const path = (name: string) => decodeURIComponent(new URL(folder + name, import.meta.url).pathname);
    return { simd: path('tfjs-backend-wasm-simd.wasm'), plain: path('tfjs-backend-wasm.wasm') };
  }
  const [simd, plain] = await loadCode(() =>
    Promise.all([
      import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'),
      import('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'),
    ]),
  );
  const absolute = (url: string) => new URL(url, import.meta.url).href;
  return { simd: absolute(simd.default), plain: absolute(plain.default) };
}
