import { FileProblem } from "./problem.ts";

/** The layer asked for, or the first one with rows; null when there is none. Throws `files.no-such-layer`. */
export function chooseLayer(
  layers: readonly { name: string; rowsEstimate: number | null }[],
  wanted?: string,
): string | null {
  if (wanted === undefined) return (layers.find((layer) => layer.rowsEstimate !== 0) ?? layers[0])?.name ?? null;
  if (layers.some((layer) => layer.name === wanted)) return wanted;
  throw new FileProblem("files.no-such-layer", { layer: wanted });
}
