import type { Feature, FeatureCollection } from "geojson";
import { TravelTimeProblem } from "../problem.ts";
import { linesOf, pointsOf, polygonsOf } from "../raster/burn.ts";
import { projectionOf } from "../raster/coordinates.ts";
import { checkRaster, checkSameGrid, type Grid, isGeographic } from "../raster/raster.ts";
import type { FrictionChoices, FrictionFinding, FrictionInput, SpeedTable } from "./types.ts";

const describeGrid = ({ columns, rows, west, north, cellWidth }: Grid) =>
  `${columns} × ${rows} cells of ${cellWidth} from ${west}, ${north}`;

/** Friction that cannot be built from what was given; `findings` say why, all of them at once. */
export class FrictionInputProblem extends TravelTimeProblem {
  readonly findings: readonly FrictionFinding[];

  constructor(findings: readonly FrictionFinding[]) {
    const errors = findings.filter(({ severity }) => severity === "error");
    super("friction-input", `Friction cannot be built: ${errors.map(({ code }) => code).join(", ")}.`, {
      errors: errors.length,
    });
    this.findings = findings;
  }
}

/** The class of a feature: its `class`, else what OpenStreetMap calls it. */
export function classOf({ properties }: Feature): string {
  const named = properties?.class ?? properties?.highway ?? properties?.waterway ?? properties?.ford;
  if (named !== undefined && named !== null) return String(named) === "yes" ? "ford" : String(named);
  return properties?.bridge ? "bridge" : "";
}

function speedFindings(speeds: SpeedTable): FrictionFinding[] {
  const findings: FrictionFinding[] = [];
  for (const group of ["landCover", "roads", "rivers", "crossings"] as const) {
    for (const [name, rule] of Object.entries(speeds[group])) {
      for (const season of ["dry", "rainy"] as const) {
        const speed = rule[season];
        if (speed !== null && !(speed > 0 && speed < Number.POSITIVE_INFINITY)) {
          findings.push({ code: "speed-invalid", severity: "error", details: { group, class: name, season, speed } });
        }
      }
    }
  }
  return findings;
}

function gridFindings({ landCover, elevation }: FrictionInput): FrictionFinding[] {
  const { grid } = landCover;
  const findings: FrictionFinding[] = [];
  // A cell below one unit that lies within 180 of 0 is in degrees, whatever the file does not say.
  const degrees =
    isGeographic(grid.epsg) || (grid.epsg === undefined && grid.cellWidth < 1 && Math.abs(grid.west) <= 180);
  if (degrees) {
    const details = { epsg: grid.epsg ?? "", cell: grid.cellWidth };
    findings.push({ code: "not-metres", severity: "error", details });
  }
  if (!elevation) return findings;
  if (elevation.grid.epsg !== grid.epsg) {
    findings.push({
      code: "crs-differ",
      severity: "error",
      details: { layer: "elevation", first: grid.epsg ?? "", second: elevation.grid.epsg ?? "" },
    });
    return findings;
  }
  try {
    checkRaster(elevation);
    checkSameGrid(grid, elevation.grid);
  } catch (error) {
    if (!(error instanceof TravelTimeProblem)) throw error;
    findings.push({
      code: "grids-differ",
      severity: "error",
      details: { layer: "elevation", first: describeGrid(grid), second: describeGrid(elevation.grid) },
    });
  }
  return findings;
}

const LAYERS = {
  roads: linesOf,
  rivers: linesOf,
  bridges: pointsOf,
  hazards: polygonsOf,
} as const;

function featureFindings(input: FrictionInput): FrictionFinding[] {
  return (Object.keys(LAYERS) as (keyof typeof LAYERS)[]).flatMap((layer): FrictionFinding[] => {
    const features = (input[layer] as FeatureCollection | undefined)?.features ?? [];
    const ignored = features.filter(({ geometry }) => LAYERS[layer](geometry).length === 0).length;
    return ignored > 0
      ? [{ code: "geometry-ignored", severity: "warning", details: { layer, features: ignored } }]
      : [];
  });
}

/**
 * What can be said of the input before anything is burned. Errors: another grid or coordinate system than land cover's
 * (resample first, `resample`), degrees instead of metres (`metricGrid`), features in longitude and latitude on a grid
 * that does not say where it is, speeds of 0 or less. Warnings: features of a geometry that the layer cannot hold.
 */
export function checkFrictionInput(input: FrictionInput, choices: FrictionChoices): FrictionFinding[] {
  const { landCover } = input;
  checkRaster(landCover);
  const findings = [...speedFindings(choices.speeds), ...gridFindings(input)];
  const vectors = [input.roads, input.rivers, input.bridges, input.hazards].some((layer) => layer?.features.length);
  if (vectors && (choices.coordinates ?? "wgs84") === "wgs84" && !findings.some(({ code }) => code === "not-metres")) {
    try {
      projectionOf(landCover.grid);
    } catch (error) {
      if (!(error instanceof TravelTimeProblem)) throw error;
      findings.push({ code: "crs-unknown", severity: "error", details: { epsg: landCover.grid.epsg ?? "" } });
    }
  }
  return [...findings, ...featureFindings(input)];
}
