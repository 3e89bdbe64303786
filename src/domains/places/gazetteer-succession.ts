import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Geometry } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Tx } from "../../platform/database/types.ts";
import { rootPath } from "../../platform/kernel/root.ts";
import { type ChangeContext, createRecords } from "../../platform/records/actions.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import { findByKeys } from "../../platform/records/store.ts";
import { formerProvinces } from "./gazetteer-viet-nam.ts";
import { addCrosswalk } from "./store.ts";

const lastDay = "2025-06-30";
const source = "Resolution 202/2025/QH15; generalised border from Natural Earth";

/** Generalised borders of the former provinces by ISO code, from the program's own file. */
function formerBorders(): Map<string, Geometry> {
  const text = gunzipSync(readFileSync(rootPath("assets", "boundaries", "asean-admin1.json.gz"))).toString("utf8");
  const topology = JSON.parse(text) as Topology<{ units: GeometryCollection<{ code: string; validTo?: string }> }>;
  const features = feature(topology, topology.objects.units).features;
  const former = features.filter(({ properties }) => properties.validTo === lastDay);
  return new Map(former.map(({ properties, geometry }) => [properties.code, geometry]));
}

/** What was linked: former units that had to be entered, and links from former units to their successors. */
export interface Succession {
  entered: number;
  linked: number;
}

/**
 * Enters the units that a country had before its last reform, as far as the program knows them, and links each with the
 * unit that it went into, so that records of both times can be counted together. Doing it again changes nothing.
 * Known so far: the 63 provinces of Viet Nam until 30 June 2025.
 */
export async function linkFormerUnits(
  tx: Tx,
  definition: RecordDefinition,
  country: string,
  change: ChangeContext,
): Promise<Succession> {
  if (country !== "VNM") return { entered: 0, linked: 0 };
  const codes = [...new Set(formerProvinces.flatMap(({ code, successor }) => [code, successor]))];
  const stored = await findByKeys(tx, definition, country, "code", codes);
  const isFormer = (validTo: unknown) => validTo === lastDay;
  const former = new Map(
    stored.filter(({ values }) => isFormer(values.validTo)).map(({ values, id }) => [values.code as string, id]),
  );
  const current = new Map(
    stored.filter(({ values }) => !values.validTo).map(({ values, id }) => [values.code as string, id]),
  );
  const known = formerProvinces.filter(({ successor }) => current.has(successor));
  const missing = known.filter(({ code }) => !former.has(code));
  const borders = missing.length > 0 ? formerBorders() : new Map<string, Geometry>();
  const entered = await createRecords(
    tx,
    definition,
    missing.map(({ code, iso, name, latin, city }) => ({
      country,
      sourceKey: `succession:VNM:${code}`,
      values: {
        code,
        names: { vi: name, en: latin },
        kindNames: city ? { vi: "Thành phố", en: "City" } : { vi: "Tỉnh", en: "Province" },
        level: 1,
        validTo: lastDay,
        geometry: borders.get(iso),
        source,
      },
    })),
    change,
    "imported",
  );
  for (const { values, id } of entered) former.set(values.code as string, id);
  const links = known.map(({ code, successor }) => ({
    predecessor: former.get(code) as string,
    successor: current.get(successor) as string,
    share: 1,
  }));
  await addCrosswalk(tx, country, links, "Resolution 202/2025/QH15");
  return { entered: entered.length, linked: links.length };
}
