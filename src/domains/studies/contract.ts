import { fields } from "../../platform/contract/fields.ts";
import { recordRoutes } from "../../platform/contract/record-routes.ts";
import { recordType } from "../../platform/contract/record-type.ts";
import { defineProblems } from "../../platform/kernel/problem.ts";

const count = { min: 0, max: 1_000_000 };
const code = fields.text("public", { required: true, column: true, maxLength: 80 });

/** A study: one question asked in one country. Studies of several countries are joined by the name of their programme. */
export const study = recordType({
  name: "studies.study",
  titleField: "code",
  dateField: "startedOn",
  fields: {
    code,
    names: fields.names("public", { required: true, column: true }),
    question: fields.longText("public", { required: true, maxLength: 2000 }),
    programme: fields.text("public", { column: true, filter: true, maxLength: 200 }),
    lead: fields.organisation("public", { column: true, filter: true }),
    population: fields.code("public", "study-population", { filter: true }),
    startedOn: fields.date("public", { column: true, filter: true }),
    endedOn: fields.date("public", { column: true }),
    /** The day on which everybody could read it; set by publishing alone. */
    publishedOn: fields.date("public", { column: true, filter: true, derived: true }),
    method: fields.longText("public"),
    limits: fields.longText("public"),
    notes: fields.longText("restricted"),
  },
});

const ofStudy = fields.record("public", "studies.study", { required: true, derived: true });

/**
 * What findings rest on. How many people were asked is public, who they were by sex, age and disability is not: groups
 * are small. Nobody is named.
 */
export const evidence = recordType({
  name: "studies.evidence",
  titleField: "code",
  dateField: "fromOn",
  fields: {
    study: ofStudy,
    code,
    kind: fields.code("public", "evidence-kind", { required: true, column: true, filter: true }),
    title: fields.text("public", { required: true, column: true, maxLength: 300 }),
    /** An analysis of access to care. */
    analysis: fields.record("public", "access-to-care.analysis"),
    fromOn: fields.date("public", { column: true }),
    toOn: fields.date("public"),
    sessions: fields.integer("public", count),
    sites: fields.integer("public", count),
    places: fields.text("restricted", { maxLength: 1000 }),
    participants: fields.integer("public", count),
    women: fields.integer("restricted", count),
    men: fields.integer("restricted", count),
    sexUnknown: fields.integer("restricted", count),
    children: fields.integer("restricted", count),
    adults: fields.integer("restricted", count),
    older: fields.integer("restricted", count),
    ageUnknown: fields.integer("restricted", count),
    withDisability: fields.integer("restricted", count),
    withoutDisability: fields.integer("restricted", count),
    disabilityUnknown: fields.integer("restricted", count),
    instrument: fields.text("public", { maxLength: 120 }),
    screenedPositive: fields.integer("restricted", count),
    /** What was said or seen, coded. */
    themes: fields.codes("public", "study-theme"),
    summary: fields.longText("public", { maxLength: 8000 }),
    citation: fields.text("public", { maxLength: 1000 }),
    url: fields.text("public", { maxLength: 500 }),
  },
});

/** What a study found. */
export const finding = recordType({
  name: "studies.finding",
  titleField: "code",
  fields: {
    study: ofStudy,
    code,
    statement: fields.longText("public", { required: true, maxLength: 4000 }),
    theme: fields.code("public", "study-theme", { required: true, column: true, filter: true }),
    unit: fields.unit("public", { filter: true }),
    population: fields.code("public", "study-population"),
    notes: fields.longText("restricted"),
  },
});

/** What should be done, by whom. Wording and state change by decisions, never by correction. */
export const recommendation = recordType({
  name: "studies.recommendation",
  titleField: "code",
  fields: {
    study: ofStudy,
    code,
    wording: fields.longText("public", { required: true, derived: true, maxLength: 4000 }),
    state: fields.code("public", "recommendation-state", { required: true, derived: true, column: true, filter: true }),
    addressee: fields.organisation("public", { column: true, filter: true }),
    sector: fields.code("public", "study-sector", { column: true, filter: true }),
    term: fields.code("public", "study-term", { required: true, column: true, filter: true }),
    priority: fields.code("public", "study-priority", { required: true, column: true, filter: true }),
    cost: fields.number("public", { min: 0, max: 1e15 }),
    currency: fields.code("public", "currency"),
    decidedOn: fields.date("public", { derived: true }),
    decidedIn: fields.record("public", "studies.consultation", { derived: true }),
    notes: fields.longText("restricted"),
  },
});

/** A consultation, as a national workshop. Its participants by sector are kept beside it. */
export const consultation = recordType({
  name: "studies.consultation",
  titleField: "code",
  dateField: "heldOn",
  fields: {
    study: ofStudy,
    code,
    title: fields.text("public", { required: true, column: true, maxLength: 300 }),
    heldOn: fields.date("public", { required: true, column: true }),
    status: fields.code("public", "consultation-status", { required: true, column: true }),
    place: fields.text("public", { maxLength: 300 }),
    unit: fields.unit("public"),
    participants: fields.integer("public", count),
    women: fields.integer("public", { ...count, derived: true }),
    men: fields.integer("public", { ...count, derived: true }),
    sexUnknown: fields.integer("public", { ...count, derived: true }),
    withDisability: fields.integer("public", { ...count, derived: true }),
    notes: fields.longText("restricted"),
  },
});

/** What somebody does about a recommendation that was agreed. */
export const action = recordType({
  name: "studies.action",
  titleField: "code",
  dateField: "dueOn",
  fields: {
    study: ofStudy,
    recommendation: fields.record("public", "studies.recommendation", { required: true, derived: true }),
    code,
    description: fields.longText("public", { required: true, maxLength: 2000 }),
    owner: fields.organisation("public", { column: true, filter: true }),
    /** An office that is not among the organisations; never a person. */
    ownerAsWritten: fields.text("public", { maxLength: 200 }),
    dueOn: fields.date("public", { required: true, column: true, filter: true }),
    status: fields.code("public", "action-status", { required: true, column: true, filter: true }),
    doneOn: fields.date("public"),
    proof: fields.longText("public", { maxLength: 2000 }),
    linkedKind: fields.code("public", "linked-kind"),
    linkedTitle: fields.text("public", { maxLength: 500 }),
    url: fields.text("public", { maxLength: 500 }),
    notes: fields.longText("restricted"),
  },
});

export const rights = {
  "studies.read": "open",
  "studies.write": "analysts",
  "studies.publish": "analysts",
} as const;

export const studiesProblems = defineProblems("studies", {
  "not-of-this-study": 422,
  "decision-not-allowed": 409,
  "wording-unchanged": 422,
  "wording-changed": 422,
  "reason-missing": 422,
  "consultation-not-held": 422,
  "not-agreed": 409,
  "not-ready": 409,
  "in-use": 409,
});

export const studyRoutes = recordRoutes(study, "/api/studies/studies", {
  read: "studies.read",
  correct: "studies.write",
});
