import { accessScores, type BuiltFriction, writeGeoTiff } from "@santi/travel-time";
import type { Finding, GroupResult, UnitResult } from "../contract.ts";
import { accessGroups, longestSeconds, rankGaps } from "../model.ts";
import { legendColours } from "./colours.ts";
import { frictionOf, type Ground, groundOf, type Placed, place } from "./ground.ts";
import { type Colour, writePng } from "./png.ts";
import type { Analyse, Analysed, MadeFile } from "./protocol.ts";
import { propose, proposeEverywhere } from "./siting.ts";
import { catchmentsOf, nearestOf, timesTo } from "./travel.ts";
import { type Warp, warpOf } from "./warp.ts";

const rounded = (value: number, digits = 1) => Number(value.toFixed(digits));

/** Findings of building friction, under names of their own. */
export function frictionFindings({ findings }: Pick<BuiltFriction, "findings">): Finding[] {
  return findings.map(({ code, severity, details }) => ({
    code: `friction-${code}`,
    severity,
    details: { ...details },
  }));
}

/** What became of the services, as findings: those outside, on barriers, and moved with the farthest distance. */
export function placementFindings(placed: readonly Placed[]): Finding[] {
  const findings: Finding[] = [];
  const count = (state: Placed["state"]) => placed.filter((each) => each.state === state).length;
  if (count("outside") > 0)
    findings.push({ code: "services-outside", severity: "info", details: { services: count("outside") } });
  if (count("barrier") > 0)
    findings.push({ code: "services-on-barrier", severity: "warning", details: { services: count("barrier") } });
  if (count("snapped") > 0) {
    const metres = Math.max(...placed.map(({ snappedMetres }) => snappedMetres ?? 0));
    findings.push({ code: "services-snapped", severity: "warning", details: { services: count("snapped"), metres } });
  }
  if (placed.every(({ cell }) => cell < 0)) findings.push({ code: "no-service", severity: "warning", details: {} });
  return findings;
}

/** Whose way is counted in each cell: everybody, or the needs of each unit spread over its people. */
function demandOf(ground: Ground, needs: Analyse["needs"]): { people: Float64Array; findings: Finding[] } {
  const total = ground.population.reduce((sum, people) => sum + people, 0);
  if (!needs) {
    const none: Finding[] = total > 0 ? [] : [{ code: "no-demand", severity: "error", details: {} }];
    return { people: ground.population, findings: none };
  }
  const byUnit = new Map(needs.map(({ unit, people }) => [unit, people]));
  const second = ground.unitAt.find(({ level }) => level === 2)?.unit ?? new Int32Array(total);
  const inUnit = new Float64Array(ground.units.length);
  ground.population.forEach((people, cell) => {
    const unit = second[cell] as number;
    if (unit >= 0) inUnit[unit] = (inUnit[unit] as number) + people;
  });
  const people = ground.population.map((count, cell) => {
    const unit = second[cell] as number;
    const needed = unit < 0 ? undefined : byUnit.get(ground.units[unit]?.unit ?? "");
    return needed && (inUnit[unit] as number) > 0 ? (count * needed) / (inUnit[unit] as number) : 0;
  });
  const spread = people.reduce((sum, count) => sum + count, 0);
  return { people, findings: spread > 0 ? [] : [{ code: "no-demand", severity: "error", details: {} }] };
}

/** The groups that are told apart, with where their people are. */
function groupsOf(ground: Ground, { needs, needGroups }: Analyse): readonly Ground["groups"][number][] {
  if (!needs) return ground.groups;
  return accessGroups.flatMap((group) => {
    const counts = needGroups.filter((each) => each.group === group);
    return counts.length === 0 ? [] : [{ group, people: demandOf(ground, counts).people }];
  });
}

/** People of each unit (by number) and of all, whom `counts` takes. */
function sums(ground: Ground, people: Float64Array, weight: (cell: number) => number) {
  const units = new Float64Array(ground.units.length);
  let total = 0;
  for (let cell = 0; cell < people.length; cell++) {
    const count = (people[cell] as number) * weight(cell);
    if (!(count > 0)) continue;
    total += count;
    for (const { unit } of ground.unitAt) {
      const at = unit[cell] as number;
      if (at >= 0) units[at] = (units[at] as number) + count;
    }
  }
  return { units, total };
}

/** A map of times in classes of the thresholds, as PNG. */
function mapImage(warp: Warp, time: Float64Array, friction: Float32Array, thresholds: readonly number[]): Buffer {
  const last = thresholds.length;
  const pixels = Uint8Array.from(warp.cell, (cell) => {
    if (cell < 0 || !((friction[cell] as number) >= 0)) return last + 1;
    const at = thresholds.findIndex((minutes) => (time[cell] as number) <= minutes * 60);
    return at < 0 ? last : at;
  });
  const colours = legendColours(last).map((hex): Colour => {
    const part = (from: number) => Number.parseInt(hex.slice(from, from + 2), 16);
    return [part(1), part(3), part(5), 205];
  });
  return writePng(warp.columns, warp.rows, pixels, [...colours, [0, 0, 0, 0]]);
}

async function timeFile(ground: Ground, time: Float64Array, name: string): Promise<MadeFile> {
  const data = Float32Array.from(time);
  const blob = await writeGeoTiff({ grid: ground.grid, data });
  return {
    name,
    fileName: `${name}.tif`,
    mediaType: "image/tiff",
    bytes: new Uint8Array(await blob.arrayBuffer()),
  };
}

/**
 * A whole analysis: times, coverage, scores, the difference that hazardous areas make, the band of uncertainty, places
 * for further services. The same request gives the same bytes.
 */
export async function analyse(
  request: Analyse,
  step: (name: string, done: number, total: number) => void,
): Promise<Analysed> {
  const { parameters, services, hazards } = request;
  const { threshold, uncertainty } = parameters;
  const thresholds = [...new Set([...parameters.thresholds, threshold])].sort((a, b) => a - b);
  const seconds = threshold * 60;
  const steps = 6 + (hazards ? 1 : 0) + (uncertainty > 0 ? 2 : 0);
  let at = 0;
  const next = (name: string) => step(name, at++, steps);

  next("ground");
  const ground = await groundOf(request.source, request.units, parameters.coarsen);
  const demand = demandOf(ground, request.needs);
  next("friction");
  const asked = { mode: parameters.mode, season: parameters.season, speeds: parameters.speeds, hazards, factor: 1 };
  const built = frictionOf(ground, asked);
  const placed = place(built.friction, services, parameters.snapMetres);
  const planned = place(built.friction, parameters.proposals, parameters.snapMetres);
  const sources = [...placed, ...planned];
  const standing = sources.flatMap(({ cell }, source) => (cell >= 0 ? [{ cell, source }] : []));
  const cells = standing.map(({ cell }) => cell);

  next("times");
  const main = nearestOf(ground, built, cells, longestSeconds);
  const outsideOf = (time: Float64Array) =>
    sums(ground, demand.people, (cell) => ((time[cell] as number) <= seconds ? 0 : 1));
  const all = sums(ground, demand.people, () => 1);
  const within = thresholds.map((minutes) =>
    sums(ground, demand.people, (cell) => ((main.time[cell] as number) <= minutes * 60 ? 1 : 0)),
  );
  const outside = outsideOf(main.time);

  let open: { time: Float64Array; built: BuiltFriction } | null = null;
  if (hazards) {
    next("times-open");
    const without = frictionOf(ground, { ...asked, hazards: null });
    // Services keep their places, so that the difference is that of the ground alone.
    open = { time: timesTo(ground, without, cells, longestSeconds), built: without };
  }
  const outsideOpen = open && outsideOf(open.time);
  const band =
    uncertainty === 0
      ? null
      : [1 - uncertainty / 100, 1 + uncertainty / 100].map((factor) => {
          next("uncertainty");
          return outsideOf(timesTo(ground, frictionOf(ground, { ...asked, factor }), cells, longestSeconds));
        });

  next("scores");
  const known = services.map(({ capacityPerMonth }) => capacityPerMonth).filter((capacity) => capacity !== null);
  const middle = [...known].sort((a, b) => a - b)[known.length >> 1] ?? 1;
  const capacityOf = (source: number) =>
    (source < services.length
      ? services[source]?.capacityPerMonth
      : parameters.proposals[source - services.length]?.capacityPerMonth) ?? middle;
  const scored = accessScores(
    [...catchmentsOf(ground, built, cells, seconds)],
    demand.people,
    standing.map(({ source }) => capacityOf(source)),
    { method: parameters.method, decay: { kind: "gaussian", bandwidth: seconds / 3 } },
  );
  const scores = sums(ground, demand.people, (cell) => scored.score[cell] as number);

  next("siting");
  const site = parameters.sitingSearch === "every" ? proposeEverywhere : propose;
  const sited = await site({ ...ground, population: demand.people }, built, main.time, {
    ...{ thresholdSeconds: seconds, count: parameters.siting, snapMetres: parameters.snapMetres },
    ...{ choice: parameters, upgrades: request.upgrades },
    standing: [...services, ...parameters.proposals],
    frictionOf: (on) => frictionOf(on, asked),
    step: (done, total) => step("siting", at - 1 + done / Math.max(1, total), steps),
  });

  const after = sited.places.length > 0 ? outsideOf(sited.time) : null;

  next("writing");
  const row = (pick: (sum: { units: Float64Array; total: number }) => number) => {
    const population = pick(all);
    const out = pick(outside);
    const [slow, fast] = band ?? [];
    return {
      population: rounded(population),
      within: within.map((sum) => rounded(pick(sum))),
      outside: rounded(out),
      share: population > 0 ? rounded(out / population, 4) : null,
      score: population > 0 ? rounded((pick(scores) / population) * 1000, 4) : 0,
      contamination: outsideOpen ? rounded(out - pick(outsideOpen)) : null,
      after: after ? rounded(pick(after)) : null,
      band: slow && fast ? { low: rounded(pick(fast)), high: rounded(pick(slow)) } : null,
    };
  };
  const units: UnitResult[] = ground.units.flatMap(({ unit, level }, number) => {
    const result = { unit, level, ...row((sum) => sum.units[number] as number) };
    return result.population > 0 ? [result] : [];
  });
  const groups = groupsOf(ground, request).flatMap(({ group, people }): GroupResult[] => {
    const live = sums(ground, people, () => 1);
    const out = sums(ground, people, (cell) => ((main.time[cell] as number) <= seconds ? 0 : 1));
    const score = sums(ground, people, (cell) => scored.score[cell] as number);
    const line = (unit: string | null, pick: typeof row extends (pick: infer P) => unknown ? P : never) => {
      const population = pick(live);
      if (!(population > 0)) return [];
      const [outside, share] = [rounded(pick(out)), rounded(pick(out) / population, 4)];
      const told = { population: rounded(population), outside, share };
      return [{ group, unit, ...told, score: rounded((pick(score) / population) * 1000, 4) }];
    };
    const first = ground.units.flatMap(({ unit, level }, number) =>
      level === 1 ? line(unit, (sum) => sum.units[number] as number) : [],
    );
    return [...line(null, (sum) => sum.total), ...first];
  });
  const nearest = new Float64Array(sources.length);
  main.nearest.forEach((source, cell) => {
    if (source < 0 || !((main.time[cell] as number) <= seconds)) return;
    const standingSource = (standing[source] as { source: number }).source;
    nearest[standingSource] = (nearest[standingSource] as number) + (demand.people[cell] as number);
  });
  const warp = warpOf(ground.grid, 700);
  const files = [await timeFile(ground, main.time, "travel-time")];
  const image = (name: string, time: Float64Array, friction: BuiltFriction): MadeFile => ({
    name,
    fileName: `${name}.png`,
    mediaType: "image/png",
    bytes: mapImage(warp, time, friction.friction.data, thresholds),
  });
  files.push(image("map", main.time, built));
  if (open) {
    files.push(await timeFile(ground, open.time, "travel-time-open"));
    files.push(image("map-open", open.time, open.built));
  }
  const findings = [...demand.findings, ...frictionFindings(built), ...placementFindings(placed)];
  if (ground.elsewhere > 0)
    findings.push({ code: "people-elsewhere", severity: "info", details: { people: Math.round(ground.elsewhere) } });
  if (parameters.siting > 0)
    findings.push({ code: "siting-candidates", severity: "info", details: { candidates: sited.candidates } });
  const assumed = standing.filter(({ source }) => services[source]?.capacityPerMonth === null).length;
  if (assumed > 0)
    findings.push({ code: "capacity-assumed", severity: "info", details: { services: assumed, capacity: middle } });
  return {
    results: {
      grid: { ...ground.grid },
      bounds: [...ground.bounds],
      thresholds,
      threshold,
      total: row((sum) => sum.total),
      units: [
        ...rankGaps(units.filter(({ level }) => level === 1)),
        ...rankGaps(units.filter(({ level }) => level === 2)),
      ],
      services: sources.map(({ state, snappedMetres }, source) => {
        const service = services[source];
        const proposal = parameters.proposals[source - services.length];
        return {
          point: service?.point ?? null,
          code: service?.code ?? `+${source - services.length + 1}`,
          longitude: (service ?? proposal)?.longitude ?? 0,
          latitude: (service ?? proposal)?.latitude ?? 0,
          state,
          snappedMetres,
          nearest: rounded(nearest[source] as number),
        };
      }),
      siting: sited.places.map((each) => ({
        ...each,
        longitude: rounded(each.longitude, 5),
        latitude: rounded(each.latitude, 5),
        people: rounded(each.people),
      })),
      groups,
      findings,
    },
    files,
  };
}
