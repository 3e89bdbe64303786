import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PYTHON = "/usr/bin/python3";
const SCRIPT = `
import sys, time, numpy as np
from skimage.graph import MCP_Geometric
path, rows, columns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
cost = np.fromfile(path, dtype="<f4").reshape(rows, columns).astype("f8")
cost[np.isnan(cost)] = -1
starts = [tuple(divmod(int(cell), columns)) for cell in sys.argv[4].split(",")]
t = time.perf_counter()
times, _ = MCP_Geometric(cost).find_costs(starts)
print(time.perf_counter() - t)
`;

/** Whether scikit-image is installed for the system's Python. */
export const scikitImageInstalled = (): boolean => spawnSync(PYTHON, ["-c", "import skimage"]).status === 0;

/** Seconds that scikit-image's MCP_Geometric takes to search a raster (8 neighbours), reading the raster not counted. */
export function scikitImageSeconds(friction: Float32Array, columns: number, cells: readonly number[]): number {
  const folder = mkdtempSync(join(tmpdir(), "travel-time-skimage-"));
  try {
    const path = join(folder, "friction.bin");
    writeFileSync(path, new Uint8Array(friction.buffer, friction.byteOffset, friction.byteLength));
    const size = [String(friction.length / columns), String(columns)];
    const done = spawnSync(PYTHON, ["-c", SCRIPT, path, ...size, cells.join(",")], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`scikit-image failed: ${done.stderr}`);
    return Number(done.stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
