import {
  checkFrictionInput,
  type Grid,
  metricGrid,
  movePeople,
  type Raster,
  resample,
  SPEEDS,
  TravelTimeProblem,
  writeGeoTiff,
} from "@santi/travel-time";
import type { Finding } from "../contract.ts";
import { groupLayers, neededLayers, rasterLayers } from "../model.ts";
import { boundsOf, readFeatures, readRaster } from "./ground.ts";
import type { Inspect, Inspected } from "./protocol.ts";

const say = (code: string, severity: Finding["severity"], details: Finding["details"] = {}): Finding => ({
  code,
  severity,
  details,
});

const sameGrid = (a: Grid, b: Grid) =>
  a.epsg === b.epsg &&
  a.columns === b.columns &&
  a.rows === b.rows &&
  Math.abs(a.west - b.west) <= a.cellWidth / 1000 &&
  Math.abs(a.north - b.north) <= a.cellHeight / 1000 &&
  Math.abs(a.cellWidth - b.cellWidth) <= a.cellWidth / 1e6;

const gridText = ({ columns, rows, cellWidth, epsg }: Grid) =>
  `${columns} × ${rows}, ${Number(cellWidth.toPrecision(6))}, EPSG:${epsg ?? "?"}`;

/** A raster on another grid: people are moved so that nobody is lost, heights are means, classes those of the middle. */
function regrid(layer: string, raster: Raster, grid: Grid): Raster {
  if (!layer.startsWith("population")) return resample(raster, grid, layer === "elevation" ? "bilinear" : "nearest");
  return { grid, data: Float32Array.from(movePeople(raster, grid).people.data) };
}

const peopleOf = (raster: Raster | undefined) =>
  raster ? raster.data.reduce((sum, count) => (count > 0 ? sum + count : sum), 0) : 0;

const metresPerDegree = 111_320;

/**
 * Looks at the files of a terrain: whether they can be read, share the grid of the land cover, hold people and ground.
 * With `resample`, rasters of other grids are put on that of the land cover (and a land cover in degrees on metres), and
 * the new files come along.
 */
export async function inspect({ layers, resample: mayChange }: Inspect): Promise<Inspected> {
  const findings: Finding[] = [];
  const replaced: Record<string, Uint8Array> = {};
  const rasters = new Map<string, Raster>();
  for (const layer of rasterLayers) {
    const bytes = layers[layer];
    if (bytes) rasters.set(layer, await readRaster(bytes, layer));
  }
  const keep = async (layer: string, raster: Raster) => {
    rasters.set(layer, raster);
    replaced[layer] = new Uint8Array(await (await writeGeoTiff(raster)).arrayBuffer());
  };
  for (const layer of neededLayers) if (!rasters.has(layer)) findings.push(say("layer-missing", "error", { layer }));
  let landCover = rasters.get("land-cover");
  if (landCover && mayChange && landCover.grid.epsg === 4326) {
    const cell = Math.max(10, Math.round((landCover.grid.cellHeight * metresPerDegree) / 10) * 10);
    landCover = regrid("land-cover", landCover, metricGrid(landCover.grid, cell));
    await keep("land-cover", landCover);
  }
  if (!landCover) return { grid: null, bounds: null, findings, replaced };
  const { grid } = landCover;
  for (const layer of rasterLayers) {
    const raster = rasters.get(layer);
    if (!raster || layer === "land-cover" || sameGrid(grid, raster.grid)) continue;
    if (mayChange) {
      await keep(layer, regrid(layer, raster, grid));
      findings.push(say("resampled", "info", { layer }));
    } else {
      const details = { layer, first: gridText(grid), second: gridText(raster.grid) };
      findings.push(say("grids-differ", "error", details));
    }
  }
  const people = rasters.get("population");
  if (people && !people.data.some((count) => count > 0)) findings.push(say("no-demand", "error"));
  const impossible = (count: number) => count < 0 || count === Number.POSITIVE_INFINITY;
  if ([...rasters].some(([layer, { data }]) => layer.startsWith("population") && data.some(impossible)))
    findings.push(say("people-negative", "error"));
  const all = peopleOf(people);
  for (const layer of groupLayers) {
    const part = peopleOf(rasters.get(layer));
    if (people && part > all * 1.001)
      findings.push(say("group-exceeds", "warning", { layer, group: Math.round(part), people: Math.round(all) }));
  }
  if (!rasters.has("elevation")) findings.push(say("layer-missing", "warning", { layer: "elevation" }));
  const features = (layer: "roads" | "rivers" | "bridges") => {
    const bytes = layers[layer];
    if (!bytes) findings.push(say("layer-missing", "warning", { layer }));
    return bytes ? readFeatures(bytes, layer) : undefined;
  };
  const elevation = rasters.get("elevation");
  const checked = checkFrictionInput(
    {
      landCover,
      roads: features("roads"),
      rivers: features("rivers"),
      bridges: features("bridges"),
      ...(elevation && sameGrid(grid, elevation.grid) ? { elevation } : {}),
    },
    { speeds: SPEEDS.walking },
  );
  findings.push(...checked.map(({ code, severity, details }) => say(`friction-${code}`, severity, { ...details })));
  let bounds: number[] | null = null;
  try {
    bounds = boundsOf(grid);
  } catch (cause) {
    if (!(cause instanceof TravelTimeProblem)) throw cause;
    if (!findings.some(({ code }) => code === "friction-crs-unknown"))
      findings.push(say("friction-crs-unknown", "error", { epsg: grid.epsg ?? "" }));
  }
  return { grid: { ...grid }, bounds, findings, replaced };
}
