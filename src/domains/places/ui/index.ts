import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { routes, unit } from "../contract.ts";

const { list, counts, export: download, get, history, correct, create } = routes;

/** Administrative units of every level: list, page and map layer. */
export const units: RecordSection = {
  type: unit,
  routes: { list, counts, export: download, get, history, correct, create },
  path: "/places/units",
  icon: "place",
  group: "reference",
  codeLists: {},
  mapLayer: (source) => ({ id: unit.name, kind: "lines", source, tone: "grey", selectable: false }),
};

/** The record types that the places' domain offers. */
export const sections: readonly RecordSection[] = [units];
