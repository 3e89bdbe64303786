import { later } from "../../../platform/ui/later.tsx";
import type { PageEntry } from "../../../platform/ui/page-entry.ts";
import type { rights } from "../contract.ts";

type Right = keyof typeof rights;

/** The path of a person's assessments; for pages about that person. */
export const personPath = (person: { country: string; id: string }) =>
  `/assessments/person/${person.country}/${person.id}`;

/** The path of one assessment: result, answers, alerts. */
export const sheetPath = (one: { country: string; id: string }) => `/assessments/assessment/${one.country}/${one.id}`;

/** The path of the form that asks a person the questions of an instrument. */
export const formPath = (person: { country: string; id: string }, instrument: string) =>
  `/assessments/new/${person.country}/${person.id}/${instrument}`;

/** The path of the list of safety alerts. */
export const alertsPath = "/assessments/alerts";

/** What a person was asked and what the answers say, as a card for pages about that person. */
export const AssessmentPanel = later<{ country: string; person: string }>(() =>
  import("./AssessmentPanel.tsx").then((m) => m.AssessmentPanel),
);

/** The pages of assessments. */
export const pages: readonly PageEntry[] = [
  {
    path: alertsPath,
    labelKey: "assessments.alerts.title",
    icon: "warning",
    group: "assistance",
    right: "assessments.read" satisfies Right,
    nav: true,
    waits: [{ kind: "alerts", search: { state: "open" } }],
    Page: later(() => import("./AlertsPage.tsx").then((m) => m.AlertsPage)),
  },
  {
    path: "/assessments/cutoffs",
    labelKey: "assessments.cutoffs.title",
    icon: "settings",
    group: "assistance",
    right: "assessments.read" satisfies Right,
    nav: true,
    listedWith: ["assessments.manage" satisfies Right],
    Page: later(() => import("./CutoffsPage.tsx").then((m) => m.CutoffsPage)),
  },
  {
    path: "/assessments/person/$country/$id",
    labelKey: "assessments.person.title",
    icon: "care",
    group: "assistance",
    right: "assessments.read" satisfies Right,
    nav: false,
    Page: later(() => import("./PersonPage.tsx").then((m) => m.PersonPage)),
  },
  {
    path: "/assessments/new/$country/$id/$instrument",
    labelKey: "assessments.form.title",
    icon: "care",
    group: "assistance",
    right: "assessments.write" satisfies Right,
    nav: false,
    Page: later(() => import("./FormPage.tsx").then((m) => m.FormPage)),
  },
  {
    path: "/assessments/assessment/$country/$id",
    labelKey: "assessments.sheet.title",
    icon: "care",
    group: "assistance",
    right: "assessments.read" satisfies Right,
    nav: false,
    Page: later(() => import("./SheetPage.tsx").then((m) => m.SheetPage)),
  },
];
