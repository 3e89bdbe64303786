import type { Tx } from "../../platform/database/types.ts";
import { readWkb } from "../../platform/files/index.ts";
import { findDailyBalances } from "../ledger/index.ts";
import type { HistoryOutput } from "./contract-history.ts";
import type { Areal } from "./ground.ts";
import { findHistoryProducts, findHistoryStates, findNotedAreas, type HistoryState } from "./history-store.ts";
import { encodeShape, type Shape } from "./model-replay.ts";

/** The most states of areas, and the most released polygons, that one answer holds. */
const most = 60_000;

/** Shapes written once each, however many states and products have them. */
function shapeList(): { shapes: Shape[]; placeOf: (bytes: Buffer | null) => number | null } {
  const shapes: Shape[] = [];
  const places = new Map<string, number>();
  const placeOf = (bytes: Buffer | null) => {
    if (!bytes) return null;
    const key = Buffer.from(bytes).toString("latin1");
    const known = places.get(key);
    if (known !== undefined) return known;
    const shape = encodeShape((readWkb(bytes) as Areal | null) ?? { type: "MultiPolygon", coordinates: [] });
    if (shape.length === 0) return null;
    places.set(key, shapes.length);
    return shapes.push(shape) - 1;
  };
  return { shapes, placeOf };
}

/**
 * Everything that the map of a country showed on any day: what each area was from which day on, what was released when,
 * and the figures. Areas that no report carries come from their records; dates they do not say are those of the record.
 * @param options.box west, south, east, north in degrees; without it the whole country
 * @param options.noted whether areas that no report carries are told, which needs clearance for positions
 */
export async function readHistory(
  tx: Tx,
  country: string,
  { box, noted: withNoted }: { box: readonly [number, number, number, number] | null; noted: boolean },
): Promise<HistoryOutput> {
  const { shapes, placeOf } = shapeList();
  const carried = await findHistoryStates(tx, country, box, most + 1);
  const noted = withNoted ? await findNotedAreas(tx, country, box, most + 1) : [];
  const released = await findHistoryProducts(tx, country, box, most + 1);
  const areas: HistoryOutput["areas"] = [];
  const stateOf = ({ from, areaClass, status, squareMetres, shape }: Omit<HistoryState, "area" | "code">) => ({
    ...{ from, areaClass, status, squareMetres },
    shape: placeOf(shape),
  });
  for (const { area, code, ...state } of carried.slice(0, most)) {
    const known = areas.at(-1);
    if (known?.id === area) known.states.push(stateOf(state));
    else areas.push({ id: area, code, carried: true, states: [stateOf(state)] });
  }
  for (const { area, code, closedOn, ...state } of noted.slice(0, most)) {
    const ended = state.status === "closed" || state.status === "released";
    // Before it was closed it was open; when it was closed without a date, it is shown as closed from the first.
    const open = ended && closedOn !== null && closedOn > state.from;
    const states = open
      ? [
          { ...state, status: "open" as const },
          { ...state, from: closedOn },
        ]
      : [state];
    areas.push({ id: area, code, carried: false, states: states.map(stateOf) });
  }
  const products = released.slice(0, most).map(({ shape, ...product }) => ({ ...product, shape: placeOf(shape) }));
  const figures = (await findDailyBalances(tx, country)).map(({ on, amounts }) => ({
    on,
    suspected: amounts.suspected ?? 0,
    confirmed: amounts.confirmed ?? 0,
    cancelled: amounts.cancelled ?? 0,
    reducedWithAsset: amounts["reduced-with-asset"] ?? 0,
    reducedWithoutAsset: amounts["reduced-without-asset"] ?? 0,
    cleared: amounts.cleared ?? 0,
  }));
  const days = [...areas.flatMap(({ states }) => states), ...products].map(({ from }) => from);
  for (const { on } of figures) days.push(on);
  const sorted = days.sort();
  const truncated = [carried, noted, released].some(({ length }) => length > most);
  return {
    ...{ country, areas, products, shapes, figures, truncated },
    firstDay: sorted[0] ?? null,
    lastDay: sorted.at(-1) ?? null,
  };
}
