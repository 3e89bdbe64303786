import type { Geometry } from "geojson";
import { sql } from "kysely";
import type { Tx } from "../../platform/database/types.ts";
import { readWkb, writeWkb } from "../../platform/files/index.ts";
import type { AreaClass, AreaStatus } from "../land/model.ts";
import { type Areal, toMulti } from "./ground.ts";
import type { AreaBase } from "./refold.ts";
import type { AreaState, ProductEffect } from "./state.ts";

/** The stored state of an area. */
export interface StateRow {
  area: string;
  perimeter: Areal | null;
  ground: Areal;
  openSquareMetres: number;
  areaClass: AreaClass;
  status: AreaStatus;
  effectiveOn: string;
  sequence: number;
  parent: string | null;
  landClass: string | null;
  /** What was noted about it before its first report; null where a report made it. Never changes. */
  base: AreaBase | null;
  sample: boolean;
}

interface RawState extends Omit<StateRow, "perimeter" | "ground"> {
  perimeter: Buffer | null;
  ground: Buffer | null;
}

const stateColumns = sql`area, ST_AsBinary(perimeter) as perimeter, ST_AsBinary(ground) as ground,
  open_square_metres as "openSquareMetres", area_class as "areaClass", status, effective_on as "effectiveOn", sequence, parent, land_class as "landClass", base, sample`;

/** A polygon as the database gives it; null for none. */
export const areal = (bytes: Buffer | null): Areal | null => (bytes ? (readWkb(bytes) as Areal | null) : null);
const fromRaw = (row: RawState): StateRow => ({
  ...row,
  perimeter: areal(row.perimeter),
  ground: areal(row.ground) ?? { type: "MultiPolygon", coordinates: [] },
});

/** The states of areas, locked so that two approvals cannot both build on one. */
export async function findStates(
  tx: Tx,
  country: string,
  areas: readonly string[],
  lock: boolean,
): Promise<StateRow[]> {
  if (areas.length === 0) return [];
  const { rows } = await sql<RawState>`select ${stateColumns} from land_state
    where country = ${country} and area = any (${[...areas]}::uuid[]) order by area ${lock ? sql`for update` : sql``}`.execute(
    tx,
  );
  return rows.map(fromRaw);
}

/** The date of information of the newest report that changed any of some areas; empty when none did. */
export async function findLatest(tx: Tx, country: string, areas: readonly string[]): Promise<string> {
  if (areas.length === 0) return "";
  const { rows } = await sql<{ latest: string | null }>`select max(effective_on) as latest from land_state
    where country = ${country} and area = any (${[...areas]}::uuid[])`.execute(tx);
  return rows[0]?.latest ?? "";
}

type Box = readonly [number, number, number, number];
const envelope = ([w, s, e, n]: Box) => sql`ST_MakeEnvelope(${w}, ${s}, ${e}, ${n}, 4326)`;

/** Areas with open ground around some places, with their codes. */
export async function findNeighbours(
  tx: Tx,
  country: string,
  boxes: readonly Box[],
): Promise<{ id: string; code: string; ground: Areal }[]> {
  if (boxes.length === 0) return [];
  const { rows } = await sql<{
    id: string;
    code: string | null;
    ground: Buffer;
  }>`select s.area as id, a.code, ST_AsBinary(s.ground) as ground
    from land_state s left join land_area_name a on a.country = s.country and a.id = s.area
    where s.country = ${country} and (${sql.join(
      boxes.map((box) => sql`s.ground && ${envelope(box)}`),
      sql` or `,
    )}) order by s.sequence, s.area`.execute(tx);
  return rows.flatMap(({ id, code, ground }) => {
    const found = areal(ground);
    return found ? [{ id, code: code ?? "", ground: found }] : [];
  });
}

/** A product as stored. */
export interface ProductRow {
  id: string;
  report: string;
  reportCode: string | null;
  area: string;
  kind: ProductEffect["kind"];
  geometry: Areal | null;
  squareMetres: number;
  depthCentimetres: number | null;
  method: string | null;
  effectiveOn: string;
}

export type RawProduct = Omit<ProductRow, "geometry"> & { geometry: Buffer | null };
export const productColumns = sql`p.id, p.report, r.code as "reportCode", p.area, p.kind, ST_AsBinary(p.geometry) as geometry,
  p.square_metres as "squareMetres", p.depth_centimetres as "depthCentimetres", p.method, p.effective_on as "effectiveOn"`;
/** A product with its ground read from the bytes of the database. */
export const fromRawProduct = (row: RawProduct): ProductRow => ({ ...row, geometry: areal(row.geometry) });

/** The products of areas that hold, oldest first. */
export async function findProducts(tx: Tx, country: string, areas: readonly string[]): Promise<ProductRow[]> {
  if (areas.length === 0) return [];
  const { rows } = await sql<RawProduct>`select ${productColumns} from land_product p
    left join land_report_name r on r.country = p.country and r.id = p.report
    where p.country = ${country} and p.area = any (${[...areas]}::uuid[]) and not p.void
    order by p.effective_on, p.id`.execute(tx);
  return rows.map(fromRawProduct);
}

/** Released ground around some places, with the codes of its areas. */
export async function findReleasedNear(
  tx: Tx,
  country: string,
  boxes: readonly Box[],
): Promise<{ id: string; code: string; ground: Areal }[]> {
  if (boxes.length === 0) return [];
  const { rows } = await sql<{
    id: string;
    code: string | null;
    ground: Buffer;
  }>`select p.area as id, a.code, ST_AsBinary(p.geometry) as ground
    from land_product p left join land_area_name a on a.country = p.country and a.id = p.area
    where p.country = ${country} and not p.void and (${sql.join(
      boxes.map((box) => sql`p.geometry && ${envelope(box)}`),
      sql` or `,
    )})`.execute(tx);
  return rows.flatMap(({ id, code, ground }) => {
    const found = areal(ground);
    return found ? [{ id, code: code ?? "", ground: found }] : [];
  });
}

/** A geometry as the database reads it from text; null for none. */
export const hexOf = (geometry: Areal | null) =>
  geometry && geometry.coordinates.length > 0 ? Buffer.from(writeWkb(geometry as Geometry)).toString("hex") : null;

/** A state as it is stored, after the approval with a number. @param base what it was before, when it is stored first */
export function stateRow(
  state: AreaState,
  { sequence, effectiveOn, base, sample }: Pick<StateRow, "sequence" | "effectiveOn" | "base" | "sample">,
): StateRow {
  const { id: area, perimeter, ground, openSquareMetres, areaClass, status, parent, landClass } = state;
  return {
    ...{ area, perimeter, ground, openSquareMetres, areaClass, status, parent, landClass, sequence, base, sample },
    effectiveOn: state.effectiveOn ?? effectiveOn,
  };
}

/** Stores the new states of areas, in one statement; what an area was before its first report stays as it was. */
export async function putStates(tx: Tx, country: string, states: readonly StateRow[]): Promise<void> {
  if (states.length === 0) return;
  const rows = states.map((state) => ({
    ...state,
    perimeter: hexOf(state.perimeter),
    ground: hexOf(toMulti(state.ground)),
  }));
  await sql`insert into land_state as s (country, area, perimeter, ground, open_square_metres, area_class, status, effective_on,
      sequence, parent, land_class, base, sample)
    select ${country}, area, ST_SetSRID(perimeter::geometry, 4326), ST_SetSRID(ground::geometry, 4326), "openSquareMetres",
      "areaClass", status, "effectiveOn", sequence, parent, "landClass", base, sample
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(area uuid, perimeter text, ground text, "openSquareMetres" bigint,
      "areaClass" text, status text, "effectiveOn" date, sequence bigint, parent uuid, "landClass" text, base jsonb, sample boolean)
    on conflict (country, area) do update set perimeter = excluded.perimeter, ground = excluded.ground,
      open_square_metres = excluded.open_square_metres, area_class = excluded.area_class, status = excluded.status,
      effective_on = excluded.effective_on, sequence = excluded.sequence, parent = excluded.parent, land_class = excluded.land_class`.execute(
    tx,
  );
}

/** Stores products, in one statement. */
export async function insertProducts(
  tx: Tx,
  country: string,
  products: readonly (ProductEffect & { id: string; sample: boolean })[],
): Promise<void> {
  if (products.length === 0) return;
  const rows = products.map((product) => ({ ...product, geometry: hexOf(product.geometry) }));
  await sql`insert into land_product (country, id, report, area, kind, geometry, square_metres, depth_centimetres, method, effective_on, sample)
    select ${country}, id, report, area, kind, ST_SetSRID(geometry::geometry, 4326), "squareMetres", "depthCentimetres", method,
      "effectiveOn", sample
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, report uuid, area uuid, kind text, geometry text,
      "squareMetres" bigint, "depthCentimetres" integer, method text, "effectiveOn" date, sample boolean)`.execute(tx);
}

/** Takes products out of force; they stay stored. */
export async function voidProducts(tx: Tx, country: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update land_product set void = true where country = ${country} and id = any (${[...ids]}::uuid[])`.execute(
    tx,
  );
}

/** Areas with an outline, not taken back, that no report has made yet; those without an outline are counted apart. */
export async function findUncarried(
  tx: Tx,
  country: string,
): Promise<{
  areas: { id: string; areaClass: AreaClass; closed: boolean }[];
  withoutOutline: number;
  squareMetres: number;
}> {
  const { rows } = await sql<{
    id: string;
    areaClass: AreaClass;
    closed: boolean;
    outline: boolean;
    size: number | null;
  }>`
    select a.id, a.area_class as "areaClass", a.status in ('closed', 'released') as closed, a.has_outline as outline,
      a.area_square_metres as size
    from land_area_standing a where a.country = ${country}
      and not exists (select from land_carried c where c.country = a.country and c.area = a.id)
    order by a.identified_on nulls last, a.code`.execute(tx);
  const open = rows.filter(({ closed, areaClass }) => !closed && areaClass !== "indication");
  return {
    areas: open.filter(({ outline }) => outline),
    withoutOutline: open.filter(({ outline }) => !outline).length,
    squareMetres: open.reduce((sum, { outline, size }) => sum + (outline ? Number(size ?? 0) : 0), 0),
  };
}
