import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { rights } from "../contract.ts";

type Right = keyof typeof rights;

/** The list of studies. */
export const studiesPath = "/studies";
/** What became of recommendations. */
export const boardPath = "/recommendations";
/** The page of a study. */
export const studyPath = (study: { country: string; id: string }) => `/studies/${study.country}/${study.id}`;
/** Where a consultation is kept while it is held. */
export const workshopPath = (study: { country: string; id: string }, consultation: string) =>
  `${studyPath(study)}/workshop/${consultation}`;

/** The pages of studies. The list and the board are everybody's, as far as studies are published. */
export const pages: readonly PageEntry[] = [
  {
    path: studiesPath,
    labelKey: "records.studies.study",
    icon: "file",
    group: "assistance",
    right: "studies.read" satisfies Right,
    nav: true,
    Page: later(() => import("./StudiesPage.tsx").then((m) => m.StudiesPage)),
  },
  {
    path: boardPath,
    labelKey: "studies.board.title",
    icon: "columns",
    group: "assistance",
    right: "studies.read" satisfies Right,
    nav: true,
    Page: later(() => import("./BoardPage.tsx").then((m) => m.BoardPage)),
  },
  {
    path: "/studies/new",
    labelKey: "record.studies.study",
    icon: "add",
    group: "assistance",
    right: "studies.write" satisfies Right,
    nav: false,
    Page: later(() => import("./NewStudyPage.tsx").then((m) => m.NewStudyPage)),
  },
  {
    path: "/studies/$country/$id",
    labelKey: "record.studies.study",
    icon: "file",
    group: "assistance",
    right: "studies.read" satisfies Right,
    nav: false,
    Page: later(() => import("./StudyPage.tsx").then((m) => m.StudyPage)),
  },
  {
    path: "/studies/$country/$id/workshop/$consultation",
    labelKey: "record.studies.consultation",
    icon: "people",
    group: "assistance",
    right: "studies.write" satisfies Right,
    nav: false,
    Page: later(() => import("./WorkshopPage.tsx").then((m) => m.WorkshopPage)),
  },
];
