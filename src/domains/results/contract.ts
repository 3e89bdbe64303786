import { fields } from "../../platform/contract/fields.ts";
import { recordRoutes } from "../../platform/contract/record-routes.ts";
import { recordType } from "../../platform/contract/record-type.ts";

const code = fields.text("public", { required: true, column: true, maxLength: 80 });
const names = fields.names("public", { required: true, column: true });
const notes = fields.longText("restricted");
const started = fields.date("public", { required: true, column: true, filter: true });
const ended = fields.date("public", { column: true, filter: true });
/** Groups at one place are small: who they were is not for everybody. */
const people = () => fields.integer("restricted", { min: 0, max: 100_000_000 });
const counts = {
  women: people(),
  girls: people(),
  men: people(),
  boys: people(),
  unknown: people(),
  /** Within the counts above, never beside them. */
  withDisability: people(),
};
const ofProject = (required: boolean) =>
  fields.record("public", "results.project", { required, column: true, filter: true });

/** What donors pay into. Contributions are told in its currency. */
export const programme = recordType({
  name: "results.programme",
  titleField: "code",
  dateField: "startedOn",
  fields: {
    code,
    names,
    currency: fields.code("public", "gift-currency", { required: true, column: true }),
    lead: fields.organisation("public", { column: true, filter: true }),
    startedOn: started,
    endedOn: ended,
    notes,
  },
});

/** A part of a programme with years of its own. */
export const phase = recordType({
  name: "results.phase",
  titleField: "code",
  dateField: "startedOn",
  fields: {
    code,
    names,
    programme: fields.record("public", "results.programme", { required: true, column: true, filter: true }),
    startedOn: started,
    endedOn: ended,
    notes,
  },
});

/** What an organisation does in a phase. Land and people are counted for it by its days. */
export const project = recordType({
  name: "results.project",
  titleField: "code",
  dateField: "startedOn",
  fields: {
    code,
    names,
    phase: fields.record("public", "results.phase", { required: true, column: true, filter: true }),
    organisation: fields.organisation("public", { column: true, filter: true }),
    purpose: fields.longText("public", { maxLength: 4000 }),
    startedOn: started,
    endedOn: ended,
    notes,
  },
});

/** Land that a project claims, and which share of it where others pay too. */
export const coverage = recordType({
  name: "results.coverage",
  titleField: "code",
  fields: {
    code,
    project: ofProject(true),
    kind: fields.code("public", "coverage-kind", { required: true, column: true, filter: true }),
    area: fields.record("public", "land.area", { column: true }),
    task: fields.record("public", "tasking.task", { column: true }),
    unit: fields.unit("public", { column: true }),
    /** From above 0 to 1; none is the whole. */
    share: fields.number("public", { column: true, min: 0.000_001, max: 1 }),
    notes,
  },
});

/** Money as it was given. A rate without its day and source is not taken. */
export const contribution = recordType({
  name: "results.contribution",
  titleField: "code",
  dateField: "receivedOn",
  fields: {
    code,
    project: ofProject(true),
    donor: fields.organisation("public", { required: true, column: true, filter: true }),
    amount: fields.number("restricted", { required: true, column: true, min: 0.01, max: 1e13 }),
    currency: fields.code("restricted", "gift-currency", { required: true, column: true, filter: true }),
    receivedOn: fields.date("public", { required: true, column: true, filter: true }),
    /** One unit of the currency in the programme's. */
    rate: fields.number("restricted", { column: true, min: 1e-9, max: 1e9 }),
    rateOn: fields.date("restricted"),
    rateSource: fields.text("restricted", { maxLength: 300 }),
    notes,
  },
});

/** What was done for people of one place, and whom it reached. */
export const activity = recordType({
  name: "results.activity",
  titleField: "code",
  dateField: "startedOn",
  fields: {
    code,
    project: ofProject(true),
    kind: fields.code("public", "result-activity", { required: true, column: true, filter: true }),
    unit: fields.unit("public", { required: true, column: true, filter: true }),
    place: fields.text("restricted", { maxLength: 300 }),
    startedOn: started,
    endedOn: ended,
    ...counts,
    indirectWomen: people(),
    indirectGirls: people(),
    indirectMen: people(),
    indirectBoys: people(),
    indirectUnknown: people(),
    indirectWithDisability: people(),
    notes,
  },
});

/** How released land was seen to be used. What was seen last of an area counts. */
export const use = recordType({
  name: "results.use",
  titleField: "code",
  dateField: "seenOn",
  fields: {
    code,
    area: fields.record("public", "land.area", { required: true, column: true }),
    landUse: fields.code("public", "released-land-use", { required: true, column: true, filter: true }),
    squareMetres: fields.integer("public", { required: true, column: true, min: 1, max: 1e12 }),
    seenOn: fields.date("public", { required: true, column: true, filter: true }),
    source: fields.text("restricted", { maxLength: 300 }),
    notes,
  },
});

/** An indicator as data: wording, the figures that it is made of, and for which years it holds. */
export const indicator = recordType({
  name: "results.indicator",
  titleField: "code",
  dateField: "validFrom",
  fields: {
    code,
    names,
    wording: fields.longText("public", { required: true, maxLength: 2000 }),
    framework: fields.code("public", "indicator-framework", { required: true, column: true, filter: true }),
    /** Its number where it comes from, as an action or a target. */
    reference: fields.text("public", { column: true, maxLength: 80 }),
    kind: fields.code("public", "indicator-kind", { required: true, column: true }),
    numerator: fields.code("public", "indicator-figure", { required: true, column: true }),
    denominator: fields.code("public", "indicator-figure", { column: true }),
    validFrom: fields.date("public", { required: true, column: true, filter: true }),
    validUntil: fields.date("public", { column: true, filter: true }),
    notes,
  },
});

/** A session of risk education (IMAS 12.10). */
export const session = recordType({
  name: "results.session",
  titleField: "code",
  dateField: "heldOn",
  fields: {
    code,
    heldOn: fields.date("public", { required: true, column: true, filter: true }),
    unit: fields.unit("public", { required: true, column: true, filter: true }),
    place: fields.text("restricted", { maxLength: 300 }),
    kind: fields.code("public", "session-kind", { required: true, column: true, filter: true }),
    method: fields.code("public", "session-method", { column: true, filter: true }),
    audience: fields.code("public", "session-audience", { column: true, filter: true }),
    organisation: fields.organisation("public", { column: true, filter: true }),
    project: ofProject(false),
    ...counts,
    /** Of those taught, who never was before. */
    firstTime: people(),
    /** Whom media reached, as estimated; never added to people taught. */
    reach: people(),
    materials: fields.integer("public", { min: 0, max: 100_000_000 }),
    notes,
  },
});

export const rights = {
  "results.read": "everyone",
  "results.write": "editors",
} as const;

const asked = { read: "results.read", correct: "results.write" } as const;
export const programmeRoutes = recordRoutes(programme, "/api/results/programmes", asked);
export const phaseRoutes = recordRoutes(phase, "/api/results/phases", asked);
export const projectRoutes = recordRoutes(project, "/api/results/projects", asked);
export const coverageRoutes = recordRoutes(coverage, "/api/results/coverage", asked);
export const contributionRoutes = recordRoutes(contribution, "/api/results/contributions", asked);
export const activityRoutes = recordRoutes(activity, "/api/results/activities", asked);
export const useRoutes = recordRoutes(use, "/api/results/uses", asked);
export const indicatorRoutes = recordRoutes(indicator, "/api/results/indicators", asked);
export const sessionRoutes = recordRoutes(session, "/api/results/sessions", asked);
