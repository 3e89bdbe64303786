import { routes as accessToCare } from "../../domains/access-to-care/contract.ts";
import { explorerRoutes } from "../../domains/access-to-care/contract-explorer.ts";
import { routes as accidents, casualtyRoutes, reportRoutes } from "../../domains/accidents/contract.ts";
import { statisticsRoutes } from "../../domains/accidents/contract-statistics.ts";
import { routes as assessments } from "../../domains/assessments/contract.ts";
import { routes as assistance } from "../../domains/assistance/contract.ts";
import { referralRoutes } from "../../domains/assistance/contract-referral.ts";
import { routes as codes } from "../../domains/codes/contract.ts";
import { routes as dataProtection } from "../../domains/data-protection/contract.ts";
import { routes as imports } from "../../domains/imports/contract.ts";
import { routes as land } from "../../domains/land/contract.ts";
import { routes as landRelease } from "../../domains/land-release/contract.ts";
import { routes as ledger } from "../../domains/ledger/contract.ts";
import { eventRoutes, findRoutes } from "../../domains/ordnance/contract.ts";
import { routes as organisations } from "../../domains/organisations/contract.ts";
import { routes as people, personRoutes } from "../../domains/people/contract.ts";
import { routes as places } from "../../domains/places/contract.ts";
import { routes as quality, visitRoutes } from "../../domains/quality/contract.ts";
import { routes as reporting } from "../../domains/reporting/contract.ts";
import { scheduleRoutes } from "../../domains/reporting/contract-schedules.ts";
import {
  activityRoutes,
  contributionRoutes,
  coverageRoutes,
  indicatorRoutes,
  phaseRoutes,
  programmeRoutes,
  projectRoutes,
  sessionRoutes,
  useRoutes,
} from "../../domains/results/contract.ts";
import { offerRoutes, pointRoutes, routes as services } from "../../domains/services/contract.ts";
import { studyRoutes } from "../../domains/studies/contract.ts";
import { boardRoutes as studyBoard } from "../../domains/studies/contract-board.ts";
import { workRoutes as studyWork } from "../../domains/studies/contract-work.ts";
import { progressRoutes, routes as tasking, taskRoutes, teamRoutes } from "../../domains/tasking/contract.ts";
import { priorityRoutes } from "../../domains/tasking/contract-priority.ts";
import { routes as access } from "../../platform/access/contract.ts";
import { routes as administration } from "../../platform/administration/contract.ts";
import { routes as attachments } from "../../platform/attachments/contract.ts";
import { openApi } from "../../platform/contract/openapi.ts";
import type { Routes } from "../../platform/contract/route.ts";
import { readCatalogue } from "../../platform/i18n/node.ts";
import { createTranslator } from "../../platform/i18n/translator.ts";
import { routes as jobs } from "../../platform/jobs/contract.ts";
import { programVersion, rootPath } from "../../platform/kernel/root.ts";
import { routes as tiles } from "../../platform/tiles/index.ts";
import { routes as work } from "../../platform/work/contract.ts";

/** Every contract of the program by area. */
export const contracts: Readonly<Record<string, Routes>> = {
  access,
  jobs,
  places,
  organisations,
  land,
  ledger,
  landRelease,
  "access-to-care": accessToCare,
  "access-to-care.explorer": explorerRoutes,
  accidents,
  "accidents.reports": reportRoutes,
  "accidents.casualties": casualtyRoutes,
  "accidents.statistics": statisticsRoutes,
  "ordnance.finds": findRoutes,
  "ordnance.events": eventRoutes,
  tasking,
  "tasking.tasks": taskRoutes,
  "tasking.teams": teamRoutes,
  "tasking.progress": progressRoutes,
  "tasking.priorities": priorityRoutes,
  quality,
  "quality.visits": visitRoutes,
  people,
  "people.persons": personRoutes,
  "data-protection": dataProtection,
  services,
  "services.points": pointRoutes,
  "services.offers": offerRoutes,
  studies: studyWork,
  "studies.studies": studyRoutes,
  "studies.board": studyBoard,
  "results.programmes": programmeRoutes,
  "results.phases": phaseRoutes,
  "results.projects": projectRoutes,
  "results.coverage": coverageRoutes,
  "results.contributions": contributionRoutes,
  "results.activities": activityRoutes,
  "results.uses": useRoutes,
  "results.indicators": indicatorRoutes,
  "results.sessions": sessionRoutes,
  assistance,
  "assistance.referrals": referralRoutes,
  assessments,
  reporting,
  "reporting.schedules": scheduleRoutes,
  codes,
  imports,
  administration,
  attachments,
  tiles,
  work,
};

/** The OpenAPI description of the program, with its sentences in English. */
export function openApiDocument(): Record<string, unknown> {
  const { t } = createTranslator("en", readCatalogue("en", rootPath("src")));
  return openApi(contracts, programVersion(), (key) => t(key));
}
