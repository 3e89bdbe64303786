import { KERNEL } from "./kernel.generated.ts";

let compiled: WebAssembly.Module | undefined;

/** The kernel, compiled once. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL), (letter) => letter.charCodeAt(0)));
  return compiled;
}
