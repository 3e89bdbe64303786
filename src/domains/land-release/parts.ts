import type { Account } from "../ledger/model.ts";
import type { Part } from "./contract-body.ts";
import {
  type Areal,
  groundLeft,
  isEmpty,
  metresApart,
  metresOf,
  noGround,
  overlapsWith,
  take,
  together,
  toMulti,
} from "./ground.ts";
import {
  type AreaState,
  ownGround,
  type ProductKind,
  post,
  refuse,
  replace,
  type Step,
  stockOf,
  warn,
} from "./state.ts";

/** A new area, or the first survey of an indication. */
export function identify(step: Step, part: Part): void {
  const { world, report } = step;
  const known = part.area ? world.areas.get(part.area) : undefined;
  if (known?.carried && known.areaClass !== "indication")
    return void refuse(step, "area-already-in-ledger", part, { code: known.code }, "area");
  // A part makes an area under its own id, which another report may have taken: two drafts copied from one.
  if (!known && world.areas.has(part.id)) return void refuse(step, "part-taken", part);
  const areaClass = part.areaClass ?? known?.areaClass ?? null;
  if (!areaClass) return void refuse(step, "class-missing", part, {}, "areaClass");
  const parent = part.outcome === "missed-item" ? (report.area ?? null) : null;
  const id = known?.id ?? part.id;
  const geometry = part.geometry ?? known?.perimeter ?? null;
  const ground = geometry ? ownGround(step, part, geometry, id) : noGround;
  const squareMetres = metresOf(ground);
  if (!geometry && areaClass !== "indication") warn(step, "area-without-polygon", part);
  if (geometry && squareMetres === 0)
    refuse(step, metresOf(geometry) === 0 ? "polygon-too-small" : "area-vanishes", part, {}, "geometry");
  if (geometry && part.outcome === "identified") warnReleased(step, part, geometry);
  const place = world.places.get(part.id) ?? { unit: known?.unit ?? report.unit, province: known?.province ?? null };
  const state: AreaState = {
    id,
    code: world.codes?.get(id) ?? part.code ?? known?.code ?? "",
    name: part.name ?? known?.name ?? null,
    areaClass,
    status: known?.status === "closed" || known?.status === "released" ? "open" : (known?.status ?? "open"),
    perimeter: geometry,
    ground,
    openSquareMetres: areaClass === "indication" ? 0 : squareMetres,
    identifiedOn: known?.identifiedOn ?? report.effectiveOn,
    closedOn: null,
    closureReason: null,
    contamination: part.contamination.length > 0 ? part.contamination : (known?.contamination ?? []),
    evidence: areaClass === "cha" ? "direct" : areaClass === "sha" ? "indirect" : null,
    ...place,
    landClass: part.landClass ?? known?.landClass ?? null,
    organisation: known?.organisation ?? report.organisation,
    parent,
    released: [],
    effectiveOn: report.effectiveOn,
    carried: true,
  };
  post(step, state, part, [
    [stockOf[areaClass] === null ? null : "identified", -squareMetres],
    [stockOf[areaClass], squareMetres],
  ]);
  replace(step, state);
}

/** Land that was given back and is reported again needs a second look: a missed item, or an old report. */
function warnReleased(step: Step, part: Part, geometry: Areal): void {
  if (step.report.excluded) return;
  const here = [...step.world.areas.values()].flatMap(({ id, code, released }) =>
    released.map((ground) => ({ id, code, ground })),
  );
  for (const { code, squareMetres } of overlapsWith(geometry, [...here, ...step.world.released]))
    warn(step, "overlaps-released-land", part, { code, squareMetres });
}

/** An area, or a part of one that becomes an area of its own, changes its class. */
export function reclassify(step: Step, part: Part, state: AreaState): void {
  const { world } = step;
  if (state.areaClass === "indication" && part.geometry) return void identify(step, { ...part, area: state.id });
  const to = part.areaClass;
  if (!to || to === "indication") return void refuse(step, "class-missing", part, {}, "areaClass");
  // With a polygon of its own, ground of the same class is split off as an area of its own.
  if (to === state.areaClass && !part.geometry)
    return void refuse(step, "class-unchanged", part, { code: state.code, class: to }, "areaClass");
  const evidence = to === state.areaClass ? state.evidence : to === "cha" ? "direct" : "indirect";
  if (!part.geometry) {
    const open = state.areaClass === "indication" ? metresOf(state.ground) : state.openSquareMetres;
    const from = state.areaClass === "indication" ? "identified" : stockOf[state.areaClass];
    post(step, state, part, [
      [from, -open],
      [stockOf[to], open],
    ]);
    return void replace(step, { ...state, areaClass: to, evidence, openSquareMetres: open });
  }
  if (world.areas.has(part.id)) return void refuse(step, "part-taken", part);
  if (isElsewhere(step, part, part.geometry, state)) return;
  const taken = take({ ground: state.ground, squareMetres: state.openSquareMetres }, part.geometry);
  if (taken.outside > 0) warn(step, "part-beyond-area", part, { code: state.code, squareMetres: taken.outside });
  if (taken.inside === 0) return void refuse(step, "area-vanishes", part, {}, "geometry");
  if (to === state.areaClass && taken.remainingSquareMetres === 0)
    return void refuse(step, "class-unchanged", part, { code: state.code, class: to }, "areaClass");
  const child: AreaState = {
    ...state,
    id: part.id,
    code: world.codes?.get(part.id) ?? part.code ?? "",
    name: part.name ?? state.name,
    areaClass: to,
    evidence,
    perimeter: taken.insideGround,
    ground: taken.insideGround,
    openSquareMetres: taken.inside,
    contamination: part.contamination.length > 0 ? part.contamination : state.contamination,
    identifiedOn: step.report.effectiveOn,
    parent: state.id,
    released: [],
  };
  post(step, state, part, [[stockOf[state.areaClass], -taken.inside]]);
  post(step, child, part, [[stockOf[to], taken.inside]]);
  replace(step, { ...state, ground: taken.remaining, openSquareMetres: taken.remainingSquareMetres });
  replace(step, child);
  closeWhenEmpty(step, state.id, "reclassified");
}

/** Ground so far from an area, in metres, was never a part of it: a wrong zone or datum, or another area. */
const elsewhere = 1000;

/**
 * Refuses a part whose polygon lies nowhere near the area, and tells of one that lies beside it. Only of a report that is
 * new: an area that a correction moves leaves behind the reports that lean on it, until they are put right as well.
 */
function isElsewhere(step: Step, part: Part, geometry: Areal, state: AreaState): boolean {
  const known = [state.perimeter ?? noGround, state.ground, ...state.released].filter((ground) => !isEmpty(ground));
  if (step.report.excluded || isEmpty(geometry) || known.length === 0) return false;
  const metres = Math.round(Math.min(...known.map((ground) => metresApart(geometry, ground))));
  const far = metres > elsewhere;
  if (far) refuse(step, "part-elsewhere", part, { code: state.code, metres }, "geometry");
  else if (metres > 0) warn(step, "part-beside", part, { code: state.code, metres });
  return far;
}

/** The boundary of an area moves outwards. */
export function enlarge(step: Step, part: Part, state: AreaState): void {
  if (!part.geometry) return void refuse(step, "geometry-missing", part, {}, "geometry");
  if (isElsewhere(step, part, part.geometry, state)) return;
  const others = ownGround(step, part, part.geometry, state.id);
  const added = groundLeft(others, [state, ...state.released.map((ground) => ({ ground }))]);
  const ground = together(state.ground, added);
  const openSquareMetres = metresOf(ground);
  const squareMetres = openSquareMetres - state.openSquareMetres;
  if (squareMetres <= 0) return void refuse(step, "area-vanishes", part, {}, "geometry");
  post(step, state, part, [
    ["boundary-increase", -squareMetres],
    [stockOf[state.areaClass], squareMetres],
  ]);
  const perimeter = state.perimeter ? together(state.perimeter, added) : toMulti(added);
  replace(step, { ...state, ground, perimeter, openSquareMetres });
}

const accountOf = (part: Part): Account => {
  if (part.outcome === "reduced") return part.withAsset ? "reduced-with-asset" : "reduced-without-asset";
  return part.outcome as "cancelled" | "cleared" | "boundary-decrease" | "administrative";
};

/** Ground leaves an area: cancelled, reduced, cleared, or taken off by a better boundary or a correction of records. */
export function release(step: Step, part: Part, state: AreaState): void {
  const account = accountOf(part);
  if (state.areaClass === "indication" && (account === "cancelled" || account === "administrative"))
    return void strikeOff(step, part, state, account);
  const isProduct = account !== "boundary-decrease" && account !== "administrative" && state.areaClass !== "indication";
  if (account === "cleared" && part.depthCentimetres === null)
    refuse(step, "depth-missing", part, { code: state.code }, "depthCentimetres");
  const stock = stockOf[state.areaClass];
  const open = { ground: state.ground, squareMetres: state.openSquareMetres };
  let taken: { inside: number; outside: number; ground: Areal | null; remaining: Areal; remainingSquareMetres: number };
  if (!part.geometry) {
    const ground = isEmpty(state.ground) ? null : state.ground;
    taken = { inside: open.squareMetres, outside: 0, ground, remaining: noGround, remainingSquareMetres: 0 };
  } else {
    if (isElsewhere(step, part, part.geometry, state)) return;
    const earlier = state.released.map((ground, i) => ({ id: String(i), code: state.code, ground }));
    for (const { squareMetres } of overlapsWith(part.geometry, earlier))
      warn(step, "overlaps-own-product", part, { code: state.code, squareMetres });
    const counted = ownGround(step, part, groundLeft(part.geometry, earlier), state.id);
    const whole = take(open, counted);
    // Only clearance may reach beyond the area: what was searched there was hazardous enough to be searched.
    const beyond = account === "cleared" ? whole.outside : 0;
    if (account !== "cleared" && whole.outside > 0)
      warn(step, "part-beyond-area", part, { code: state.code, squareMetres: whole.outside });
    else if (beyond > (whole.inside + whole.remainingSquareMetres) * step.world.rules.fadeOutWarnShare)
      warn(step, "fade-out-large", part, { code: state.code, squareMetres: beyond });
    if (whole.inside + beyond === 0) return void refuse(step, "area-vanishes", part, {}, "geometry");
    taken = { ...whole, outside: beyond, ground: account === "cleared" ? whole.ground : whole.insideGround };
  }
  post(step, state, part, [
    ["boundary-increase", -taken.outside],
    [stock, -taken.inside],
    [account, taken.inside + taken.outside],
  ]);
  if (isProduct) {
    step.effects.products.push({
      area: state.id,
      part: part.id,
      report: step.report.id,
      kind: account as ProductKind,
      geometry: taken.ground,
      squareMetres: taken.inside + taken.outside,
      depthCentimetres: part.depthCentimetres,
      method: part.method ?? step.report.body.methods[0] ?? null,
      effectiveOn: step.report.effectiveOn,
    });
  }
  replace(step, {
    ...state,
    ground: taken.remaining,
    openSquareMetres: taken.remainingSquareMetres,
    released: isProduct && taken.ground ? [...state.released, taken.ground] : state.released,
  });
  if (taken.remainingSquareMetres > 0 && taken.remainingSquareMetres < sliver)
    warn(step, "sliver-remains", part, { code: state.code, squareMetres: taken.remainingSquareMetres });
  closeWhenEmpty(step, state.id, closureReasons[account] ?? "unknown");
}

/**
 * An indication, or a part of its outline, is struck off. Nothing is booked: it was never a hazardous area, so that no
 * square metre of it was ever counted.
 */
function strikeOff(step: Step, part: Part, state: AreaState, account: Account): void {
  const rest = part.geometry ? groundLeft(state.ground, [{ ground: part.geometry }]) : noGround;
  if (part.geometry && !isEmpty(rest) && metresOf(rest) >= sliver) {
    if (metresOf(rest) >= metresOf(state.ground)) return void refuse(step, "area-vanishes", part, {}, "geometry");
    return void replace(step, { ...state, ground: toMulti(rest) });
  }
  replace(step, { ...state, ground: noGround });
  closeWhenEmpty(step, state.id, closureReasons[account] ?? "unknown");
}

/** Open ground so small that it is more likely a border measured twice than land to search, in square metres. */
const sliver = 25;

const closureReasons: Partial<Record<Account, string>> = {
  cancelled: "cancelled",
  "reduced-with-asset": "reduced",
  "reduced-without-asset": "reduced",
  cleared: "cleared",
  administrative: "administrative",
  "boundary-decrease": "administrative",
};

function closeWhenEmpty(step: Step, id: string, reason: string): void {
  const state = step.world.areas.get(id);
  if (!state || state.openSquareMetres > 0) return;
  const closureReason = reason === "reclassified" ? "administrative" : reason;
  replace(step, { ...state, status: "closed", closedOn: step.report.effectiveOn, closureReason });
}
