import type { FeatureCollection } from "geojson";
import { MODE } from "../engine/modes.ts";
import { TravelTimeProblem } from "../problem.ts";
import { burnPolygon, burnSegment, cellSpace, type FeatureCoordinates, pointsOf, polygonsOf } from "../raster/burn.ts";
import type { XY } from "../raster/coordinates.ts";
import type { Grid, Raster } from "../raster/raster.ts";
import { nearbyPoints, type SharedCells, sharedCells, stretchesOf } from "./crossings.ts";
import { checkFrictionInput, classOf, FrictionInputProblem } from "./input.ts";
import type {
  BuiltFriction,
  FrictionChoices,
  FrictionFinding,
  FrictionInput,
  FrictionRule,
  ModeName,
  Season,
  SpeedRule,
} from "./types.ts";

type RuleOf = Omit<FrictionRule, "cells">;

/** Rules as they are first used; number 0 is "no data". */
function rulebook() {
  const rules: RuleOf[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (kind: FrictionRule["kind"], name: string, mode: ModeName, speed: number | null): number => {
    const key = `${kind}/${name}/${mode}/${speed}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = rules.push({ kind, class: name, mode, speed }) - 1;
      numbers.set(key, number);
      if (number > 255) throw new TravelTimeProblem("value-invalid", "More than 256 rules.", { rules: number + 1 });
    }
    return number;
  };
  numberOf("no-data", "", "walking", null);
  return { rules, numberOf, speedOf: (number: number) => rules[number]?.speed ?? null };
}

/** What the steps of one build share. */
interface Site {
  readonly grid: Grid;
  readonly season: Season;
  readonly coordinates: FeatureCoordinates;
  readonly book: ReturnType<typeof rulebook>;
  readonly rule: Uint8Array;
  readonly findings: FrictionFinding[];
}

function coverLand(
  { book, rule, season, findings }: Site,
  { landCover }: FrictionInput,
  choices: FrictionChoices,
): void {
  const numbers = new Map<number, number>();
  const unknown = new Map<number, number>();
  const { grid, data } = landCover;
  for (let cell = 0; cell < data.length; cell++) {
    const code = data[cell] as number;
    if (Number.isNaN(code)) continue;
    let number = numbers.get(code);
    if (number === undefined) {
      const speed = choices.speeds.landCover[code];
      number = speed
        ? book.numberOf("land-cover", String(code), speed.mode, speed[season])
        : book.numberOf("unknown-class", String(code), "walking", null);
      numbers.set(code, number);
      if (!speed) unknown.set(number, 0);
    }
    if (unknown.has(number)) unknown.set(number, (unknown.get(number) as number) + 1);
    rule[cell] = number;
  }
  for (const [number, cells] of unknown) {
    const name = book.rules[number]?.class ?? "";
    findings.push({ code: "class-unknown", severity: "warning", details: { layer: "landCover", class: name, cells } });
  }
  const { columns, rows } = grid;
  let border = 0;
  for (let cell = 0; cell < data.length; cell++) {
    const column = cell % columns;
    const edge = cell < columns || cell >= (rows - 1) * columns || column === 0 || column === columns - 1;
    if (edge && rule[cell] === 0) border++;
  }
  if (border > 0) {
    const cells = rule.reduce((count, each) => (each === 0 ? count + 1 : count), 0);
    findings.push({ code: "no-data-border", severity: "info", details: { border, cells } });
  }
}

/** Burns the lines of a layer, and tells classes without a speed and features that lie outside. */
function burnLines(
  site: Site,
  name: "roads" | "rivers",
  layer: FeatureCollection | undefined,
  speeds: Readonly<Record<string, SpeedRule>>,
  put: (cell: number, feature: string, speed: SpeedRule) => void,
): void {
  const features = layer?.features ?? [];
  const unknown = new Map<string, Set<number>>();
  const seen = new Set<number>();
  const inside = new Set<number>();
  for (const { feature, stretch } of stretchesOf(site.grid, layer, site.coordinates)) {
    seen.add(feature);
    const kind = classOf(features[feature] as (typeof features)[number]);
    const speed = speeds[kind];
    if (!speed) unknown.set(kind, (unknown.get(kind) ?? new Set()).add(feature));
    burnSegment(site.grid, ...stretch, (cell) => {
      inside.add(feature);
      if (speed) put(cell, kind, speed);
    });
  }
  for (const [kind, those] of unknown) {
    const details = { layer: name, class: kind, features: those.size };
    site.findings.push({ code: "class-unknown", severity: "warning", details });
  }
  tellOutside(site, name, seen.size, seen.size - inside.size);
}

function tellOutside({ findings }: Site, layer: string, features: number, outside: number): void {
  if (outside === 0) return;
  const severity = outside === features ? "warning" : "info";
  findings.push({ code: "features-outside", severity, details: { layer, features: outside, of: features } });
}

/** Bridges and fords with their speed in the season. */
interface Crossing {
  readonly place: XY;
  readonly name: string;
  readonly speed: SpeedRule;
}

function crossingsOf(site: Site, layer: FeatureCollection | undefined, choices: FrictionChoices): Crossing[] {
  const features = layer?.features ?? [];
  if (features.length === 0) return [];
  const toCells = cellSpace(site.grid, site.coordinates);
  const found: Crossing[] = [];
  const unknown = new Map<string, number>();
  let outside = 0;
  for (const feature of features) {
    const name = classOf(feature) || "bridge";
    const speed = choices.speeds.crossings[name];
    if (!speed) unknown.set(name, (unknown.get(name) ?? 0) + 1);
    for (const point of pointsOf(feature.geometry)) {
      const place = toCells(point);
      const inside = place[0] >= 0 && place[1] >= 0 && place[0] <= site.grid.columns && place[1] <= site.grid.rows;
      if (!inside) outside++;
      else if (speed) found.push({ place, name, speed });
    }
  }
  for (const [name, count] of unknown) {
    const details = { layer: "bridges", class: name, features: count };
    site.findings.push({ code: "class-unknown", severity: "warning", details });
  }
  tellOutside(site, "bridges", features.length, outside);
  return found;
}

/** Decides every group of cells in which a road meets a barrier river. */
function meetRivers(
  site: Site,
  groups: readonly SharedCells[],
  crossings: readonly Crossing[],
  reach: number,
  { road, river, shallow }: { road: Uint8Array; river: Uint8Array; shallow: Uint8Array },
): void {
  const { book, rule, season, grid } = site;
  const nearby = nearbyPoints(
    grid,
    crossings.map(({ place }) => place),
    reach,
  );
  const used = new Set<number>();
  let cut = 0;
  let beside = 0;
  for (const { cells, meetings } of groups) {
    if (meetings.length === 0) {
      beside++;
      continue;
    }
    const chosen = meetings.map((place) => {
      const near = nearby.near(place);
      for (const index of near) used.add(index);
      const usable = near.find((index) => (crossings[index] as Crossing).speed[season] !== null);
      return crossings[usable ?? near[0] ?? -1];
    });
    if (chosen.includes(undefined)) {
      cut++;
      for (const cell of cells) rule[cell] = river[cell] as number;
      continue;
    }
    const speedOf = ({ speed }: Crossing) => speed[season] ?? 0;
    const slowest = (chosen as Crossing[]).reduce((one, two) => (speedOf(two) < speedOf(one) ? two : one));
    for (const cell of cells) {
      const onRoad = book.rules[road[cell] as number] as RuleOf;
      const limit = slowest.speed[season];
      const slowed = limit === null || limit < (onRoad.speed as number);
      const [mode, speed] = slowed ? [slowest.speed.mode, limit] : [onRoad.mode, onRoad.speed];
      rule[cell] = book.numberOf("crossing", slowest.name, mode, speed);
    }
  }
  let unused = 0;
  crossings.forEach((crossing, index) => {
    if (used.has(index)) return;
    const opened = riverCells(grid, crossing.place, reach, (cell) => river[cell] !== 0 && road[cell] === 0);
    const waded = () => riverCells(grid, crossing.place, reach, (cell) => shallow[cell] !== 0).length > 0;
    if (opened.length === 0 && !waded()) unused++;
    if (crossing.speed[season] === null) return;
    const number = book.numberOf("crossing", crossing.name, crossing.speed.mode, crossing.speed[season]);
    for (const cell of opened) rule[cell] = number;
  });
  const tell = (code: FrictionFinding["code"], severity: FrictionFinding["severity"], places: number) => {
    if (places > 0) site.findings.push({ code, severity, details: { places } });
  };
  tell("road-cut", "warning", cut);
  tell("road-beside-river", "info", beside);
  tell("crossing-unused", "info", unused);
}

/** The cells that `wanted` accepts and whose middle lies within reach of a place. */
function riverCells(grid: Grid, [u, v]: XY, reach: number, wanted: (cell: number) => boolean): number[] {
  const found: number[] = [];
  const [wide, high] = [reach / grid.cellWidth, reach / grid.cellHeight];
  for (let row = Math.max(0, Math.floor(v - high)); row <= Math.min(grid.rows - 1, v + high); row++) {
    for (let column = Math.max(0, Math.floor(u - wide)); column <= Math.min(grid.columns - 1, u + wide); column++) {
      const metres = Math.hypot((column + 0.5 - u) * grid.cellWidth, (row + 0.5 - v) * grid.cellHeight);
      if (metres <= reach && wanted(row * grid.columns + column)) found.push(row * grid.columns + column);
    }
  }
  return found;
}

function closeHazards(
  site: Site,
  layer: FeatureCollection | undefined,
  road: Uint8Array,
  choices: FrictionChoices,
): void {
  const features = layer?.features ?? [];
  if (features.length === 0) return;
  const number = site.book.numberOf("hazard", "", "walking", null);
  const toCells = cellSpace(site.grid, site.coordinates);
  const open = choices.roadsThroughHazards ?? false;
  let [seen, outside] = [0, 0];
  for (const { geometry } of features) {
    const polygons = polygonsOf(geometry);
    if (polygons.length === 0) continue;
    seen++;
    let cells = 0;
    for (const polygon of polygons) {
      const rings = polygon.map((ring) => ring.map(toCells));
      burnPolygon(site.grid, rings, choices.hazardRule ?? "touched", (cell) => {
        cells++;
        if (!open || road[cell] === 0) site.rule[cell] = number;
      });
    }
    if (cells === 0) outside++;
  }
  tellOutside(site, "hazards", seen, outside);
}

/** Friction, modes and counts from the rule of each cell. */
function priced({ grid, book, rule }: Site): Omit<BuiltFriction, "findings"> {
  const friction = new Float32Array(rule.length);
  const mode = new Uint8Array(rule.length);
  const cells = new Float64Array(book.rules.length);
  const paces = book.rules.map(({ speed }) => (speed === null ? Number.NaN : 3.6 / speed));
  const modes = book.rules.map(({ mode: name, speed }) => (speed === null ? 0 : MODE[name]));
  for (let cell = 0; cell < rule.length; cell++) {
    const number = rule[cell] as number;
    friction[cell] = paces[number] as number;
    mode[cell] = modes[number] as number;
    cells[number] = (cells[number] as number) + 1;
  }
  const rules = book.rules.map((each, number) => ({ ...each, cells: cells[number] as number }));
  return { friction: { grid, data: friction }, mode, rule, rules };
}

/**
 * Builds friction cell by cell, later layers over earlier ones:
 *
 * 1. Land cover gives each cell its speed; cells without, or of a class that the table lacks, are impassable.
 * 2. Rivers without a speed in the season are barriers in every cell they pass; shallow ones slow the cell down.
 * 3. Roads with a speed in the season replace it, the fastest of several; over land-cover water too (a causeway).
 * 4. Where a road's line meets a barrier river's, the cells they share belong to the river, unless a bridge or ford lies
 *    within reach of every such point (or `riverCrossing` is "roads"). Where they share cells and never meet, the road
 *    runs beside the river and stays. A bridge or ford without a road opens the river for the speed of its class.
 * 5. Hazardous polygons close every cell they touch (or whose middle they hold), roads included unless said otherwise.
 *
 * Refuses input with errors, all of them told at once (`FrictionInputProblem`, code `friction-input`).
 */
export function buildFriction(input: FrictionInput, choices: FrictionChoices): BuiltFriction {
  const checked = checkFrictionInput(input, choices);
  if (checked.some(({ severity }) => severity === "error")) throw new FrictionInputProblem(checked);
  const { grid } = input.landCover;
  const cells = grid.columns * grid.rows;
  const { season = "dry", coordinates = "wgs84" } = choices;
  const site: Site = {
    grid,
    season,
    coordinates,
    book: rulebook(),
    rule: new Uint8Array(cells),
    findings: [...checked],
  };
  const { book, rule } = site;
  coverLand(site, input, choices);

  const river = new Uint8Array(cells);
  const shallow = new Uint8Array(cells);
  burnLines(site, "rivers", input.rivers, choices.speeds.rivers, (cell, name, speed) => {
    const number = book.numberOf("river", name, speed.mode, speed[season]);
    const here = book.speedOf(rule[cell] as number);
    if (speed[season] === null) river[cell] = number;
    else shallow[cell] = 1;
    if (speed[season] === null || (here !== null && (speed[season] as number) < here)) rule[cell] = number;
  });
  const road = new Uint8Array(cells);
  const shared = new Set<number>();
  burnLines(site, "roads", input.roads, choices.speeds.roads, (cell, name, speed) => {
    const fast = speed[season];
    if (fast === null || (road[cell] !== 0 && fast <= (book.speedOf(road[cell] as number) as number))) return;
    const number = book.numberOf("road", name, speed.mode, fast);
    road[cell] = number;
    rule[cell] = number;
    if (river[cell] !== 0) shared.add(cell);
  });
  const crossings = crossingsOf(site, input.bridges, choices);
  if (choices.riverCrossing !== "roads") {
    const roads = stretchesOf(grid, usable(input.roads, choices, season), coordinates);
    const groups = sharedCells(
      grid,
      shared,
      roads,
      stretchesOf(grid, barriers(input.rivers, choices, season), coordinates),
    );
    const reach = choices.crossingReach ?? 1.5 * Math.max(grid.cellWidth, grid.cellHeight);
    meetRivers(site, groups, crossings, reach, { road, river, shallow });
  }
  closeHazards(site, input.hazards, road, choices);

  const built = priced(site);
  tellCells(site, built, input.elevation);
  return { ...built, findings: site.findings };
}

const usable = (layer: FeatureCollection | undefined, { speeds }: FrictionChoices, season: Season) =>
  layer && {
    ...layer,
    features: layer.features.filter((each) => (speeds.roads[classOf(each)]?.[season] ?? null) !== null),
  };

const barriers = (layer: FeatureCollection | undefined, { speeds }: FrictionChoices, season: Season) =>
  layer && { ...layer, features: layer.features.filter((each) => speeds.rivers[classOf(each)]?.[season] === null) };

function tellCells({ findings }: Site, { mode }: Pick<BuiltFriction, "mode">, elevation: Raster | undefined): void {
  const passable = mode.reduce((count, each) => (each === 0 ? count : count + 1), 0);
  if (passable === 0) findings.push({ code: "nothing-passable", severity: "warning", details: { cells: mode.length } });
  if (!elevation) return;
  let missing = 0;
  for (let cell = 0; cell < mode.length; cell++) if (mode[cell] !== 0 && Number.isNaN(elevation.data[cell])) missing++;
  if (missing > 0) findings.push({ code: "elevation-missing", severity: "warning", details: { cells: missing } });
}
