import * as accessToCare from "../../domains/access-to-care/index.ts";
import * as accidents from "../../domains/accidents/index.ts";
import * as assessments from "../../domains/assessments/index.ts";
import * as assistance from "../../domains/assistance/index.ts";
import { rights as codeRights } from "../../domains/codes/index.ts";
import * as dataProtection from "../../domains/data-protection/index.ts";
import { rights as importRights } from "../../domains/imports/index.ts";
import * as land from "../../domains/land/index.ts";
import * as landRelease from "../../domains/land-release/index.ts";
import * as ledger from "../../domains/ledger/index.ts";
import * as ordnance from "../../domains/ordnance/index.ts";
import * as organisations from "../../domains/organisations/index.ts";
import * as people from "../../domains/people/index.ts";
import * as places from "../../domains/places/index.ts";
import * as quality from "../../domains/quality/index.ts";
import * as reporting from "../../domains/reporting/index.ts";
import * as results from "../../domains/results/index.ts";
import * as services from "../../domains/services/index.ts";
import * as studies from "../../domains/studies/index.ts";
import * as tasking from "../../domains/tasking/index.ts";
import { rights as accessRights } from "../../platform/access/index.ts";
import type { Rights } from "../../platform/access/model.ts";
import { rights as administrationRights, type Setting } from "../../platform/administration/index.ts";
import { attachmentSettings, implementation as attachments } from "../../platform/attachments/index.ts";
import type { Implementation } from "../../platform/http/handler.ts";
import { rights as jobRights } from "../../platform/jobs/index.ts";
import type { RecordDefinition } from "../../platform/records/definition.ts";
import type { TileLayerDefinition } from "../../platform/tiles/index.ts";
import { type WorkCounter, rights as workRights } from "../../platform/work/index.ts";
import { translatorOf } from "./labels.ts";

/** Every record type of the program, those that others point to first. */
export const definitions: readonly RecordDefinition[] = [
  places.unitDefinition,
  organisations.organisationDefinition,
  land.areaDefinition,
  tasking.teamDefinition,
  tasking.taskDefinition,
  tasking.progressDefinition,
  quality.visitDefinition,
  people.personDefinition,
  services.pointDefinition,
  services.offerDefinition,
  studies.studyDefinition,
  ordnance.findDefinition,
  ordnance.eventDefinition,
  accidents.accidentDefinition,
  accidents.casualtyDefinition,
  ...results.definitions,
];

/** The domains' routes with their handlers. */
export const domainImplementations: readonly Implementation[] = [
  places.implementation,
  organisations.implementation,
  land.implementation,
  ledger.implementation,
  landRelease.createLandRelease(translatorOf),
  ...accidents.implementations,
  ...ordnance.implementations,
  ...tasking.implementations,
  ...quality.implementations,
  ...services.implementations,
  reporting.createReporting(translatorOf),
  ...studies.createStudies(translatorOf),
  ...results.implementations,
  assessments.implementation,
  attachments,
];

/** Settings beside those of every node. */
export const settings: readonly Setting[] = [
  ...attachmentSettings,
  ...accessToCare.settings,
  ...landRelease.settings,
  ...accidents.settings,
  ...tasking.settings,
  ...quality.settings,
  ...dataProtection.settings,
  ...services.settings,
  ...assistance.settings,
  ...assessments.settings,
  ...reporting.settings,
];

/** What waits for people, the most pressing first. */
export const waiting: readonly WorkCounter[] = [
  ...assessments.waiting,
  ...assistance.waiting,
  ...landRelease.waiting,
  ...accidents.waiting,
  ...quality.waiting,
  ...dataProtection.waiting,
];

/** Every right that a contract declares. */
export const rights: Rights = {
  ...accessRights,
  ...jobRights,
  ...workRights,
  ...accessToCare.rights,
  ...places.rights,
  ...organisations.rights,
  ...land.rights,
  ...ledger.rights,
  ...landRelease.rights,
  ...accidents.rights,
  ...ordnance.rights,
  ...tasking.rights,
  ...quality.rights,
  ...people.rights,
  ...dataProtection.rights,
  ...services.rights,
  ...studies.rights,
  ...results.rights,
  ...assistance.rights,
  ...assessments.rights,
  ...reporting.rights,
  ...codeRights,
  ...importRights,
  ...administrationRights,
};

const common = [
  { name: "id", field: "id" },
  { name: "country", field: "country" },
  { name: "code", field: "code" },
] as const;

/** The record types that the map shows, with what their features carry. */
export const tileLayers: readonly TileLayerDefinition[] = [
  {
    definition: land.areaDefinition,
    right: "land.read",
    properties: [...common, { name: "areaClass", field: "areaClass" }, { name: "status", field: "status" }],
  },
  {
    definition: accidents.accidentDefinition,
    right: "accidents.read",
    properties: [...common, { name: "year", field: "occurredOn", year: true }, { name: "device", field: "device" }],
  },
  {
    definition: ordnance.findDefinition,
    right: "ordnance.read",
    properties: [...common, { name: "year", field: "foundOn", year: true }, { name: "category", field: "category" }],
  },
  {
    definition: ordnance.eventDefinition,
    right: "ordnance.read",
    properties: [...common, { name: "year", field: "occurredOn", year: true }, { name: "type", field: "type" }],
  },
  {
    definition: services.pointDefinition,
    right: "services.read",
    properties: [...common, { name: "name", field: "names", language: true }, { name: "cost", field: "cost" }],
  },
  {
    definition: places.unitDefinition,
    right: "places.read",
    properties: [...common, { name: "level", field: "level" }, { name: "name", field: "names", language: true }],
  },
];
