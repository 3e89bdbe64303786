import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { rights } from "../contract.ts";

type Right = keyof typeof rights;

/** Where gaps are looked for on the map. */
export const explorerPath = "/access";
/** Analyses as records. */
export const analysesPath = "/access/analyses";
/** Ground that can be computed on. */
export const groundPath = "/access/ground";
/** The page of one analysis. */
export const analysisPath = (analysis: { country: string; id: string }) =>
  `${analysesPath}/${analysis.country}/${analysis.id}`;

/** The pages of access to care. */
export const pages: readonly PageEntry[] = [
  {
    path: explorerPath,
    labelKey: "access-to-care.explorer.title",
    icon: "find",
    group: "assistance",
    right: "access-to-care.read" satisfies Right,
    nav: true,
    Page: later(() => import("./ExplorerPage.tsx").then((m) => m.ExplorerPage)),
  },
  {
    path: analysesPath,
    labelKey: "access-to-care.analyses.title",
    icon: "history",
    group: "assistance",
    right: "access-to-care.read" satisfies Right,
    nav: true,
    Page: later(() => import("./AnalysesPage.tsx").then((m) => m.AnalysesPage)),
  },
  {
    path: `${analysesPath}/$country/$id`,
    labelKey: "record.access-to-care.analysis",
    icon: "history",
    group: "assistance",
    right: "access-to-care.read" satisfies Right,
    nav: false,
    Page: later(() => import("./AnalysisPage.tsx").then((m) => m.AnalysisPage)),
  },
  {
    path: groundPath,
    labelKey: "access-to-care.ground.title",
    icon: "area",
    group: "assistance",
    right: "access-to-care.read" satisfies Right,
    nav: false,
    Page: later(() => import("./GroundPage.tsx").then((m) => m.GroundPage)),
  },
];
