import { pages as accessToCare } from "../../domains/access-to-care/ui/index.ts";
import { pages as accidentPages, sections as accidents } from "../../domains/accidents/ui/index.ts";
import { pages as assessments } from "../../domains/assessments/ui/index.ts";
import { pages as assistance } from "../../domains/assistance/ui/index.ts";
import { pages as codes } from "../../domains/codes/ui/index.ts";
import { pages as dataProtection } from "../../domains/data-protection/ui/index.ts";
import type { rights as importRights } from "../../domains/imports/contract.ts";
import { pages as imports } from "../../domains/imports/ui/index.ts";
import { sections as land, pages as landPages } from "../../domains/land/ui/index.ts";
import { AreaPanels, pages as landRelease } from "../../domains/land-release/ui/index.ts";
import { pages as ledger } from "../../domains/ledger/ui/index.ts";
import { sections as ordnance } from "../../domains/ordnance/ui/index.ts";
import { sections as organisations } from "../../domains/organisations/ui/index.ts";
import { sections as people, pages as peoplePages } from "../../domains/people/ui/index.ts";
import { sections as places } from "../../domains/places/ui/index.ts";
import { pages as quality, sections as qualitySections } from "../../domains/quality/ui/index.ts";
import { pages as reporting } from "../../domains/reporting/ui/index.ts";
import { pages as resultPages, sections as results } from "../../domains/results/ui/index.ts";
import { pages as servicePages, sections as services } from "../../domains/services/ui/index.ts";
import { pages as studies } from "../../domains/studies/ui/index.ts";
import { sections as tasking, pages as taskingPages } from "../../domains/tasking/ui/index.ts";
import { pages as access } from "../../platform/access/ui/index.ts";
import type { rights as auditRights } from "../../platform/administration/contract.ts";
import { pages as administration, jobsPath } from "../../platform/administration/ui/index.ts";
import type { PageEntry } from "../../platform/ui/page-entry.ts";
import type { RecordSection } from "../../platform/ui/records/section.ts";

/** Every record type that has a list and a page, in the order of the navigation. */
export const sections: readonly RecordSection[] = [
  // What land release knows of an area stands on the area's page; land itself knows nothing of reports.
  ...land.map((section) => (section.type.name === "land.area" ? { ...section, Panels: AreaPanels } : section)),
  ...accidents,
  ...ordnance,
  ...tasking,
  ...qualitySections,
  ...people,
  ...services,
  ...results,
  ...places,
  ...organisations,
];

/** Everybody may look at their own jobs; the list is offered to those whose rights let them start some. */
const startsJobs: readonly (keyof (typeof importRights & typeof auditRights))[] = ["imports.run", "audit.read"];

/** Every other page that a domain or the platform offers: each front door's `pages`, in the order of the navigation. */
export const pages: readonly PageEntry[] = [
  ...landRelease,
  ...ledger,
  ...quality,
  ...taskingPages,
  ...landPages,
  ...accidentPages,
  ...peoplePages,
  ...assessments,
  ...dataProtection,
  ...assistance,
  ...servicePages,
  ...accessToCare,
  ...studies,
  ...resultPages,
  ...reporting,
  ...imports,
  ...codes,
  ...administration.map((page) => (page.path === jobsPath ? { ...page, listedWith: startsJobs } : page)),
  ...access,
];

/** The record types that fields of the kinds `unit` and `organisation` point to. */
export const kinds = { unit: "places.unit", organisation: "organisations.organisation" };
