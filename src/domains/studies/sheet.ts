import type { RecordValues } from "../../platform/contract/record-type.ts";
import type { Tx } from "../../platform/database/types.ts";
import type { StoredRecord } from "../../platform/records/store.ts";
import { lacksOf } from "./checks.ts";
import type { LackOutput } from "./contract-work.ts";
import {
  actionDefinition,
  consultationDefinition,
  evidenceDefinition,
  findingDefinition,
  recommendationDefinition,
} from "./definitions.ts";
import { isLate, type Outcome, outcomeOf, type SectorCount } from "./model.ts";
import {
  findComments,
  findLinks,
  findParticipants,
  findWordings,
  recordsOfStudy,
  type StoredComment,
  type StoredWording,
} from "./store.ts";

/** A recommendation with everything around it. */
export interface FullRecommendation {
  record: StoredRecord;
  outcome: Outcome;
  findings: string[];
  version: number;
  /** Newest first. */
  wordings: StoredWording[];
  comments: StoredComment[];
  actions: { record: StoredRecord; late: boolean }[];
}

/** A study with all that belongs to it, as stored. */
export interface FullStudy {
  record: StoredRecord;
  evidence: StoredRecord[];
  findings: { record: StoredRecord; evidence: string[] }[];
  recommendations: FullRecommendation[];
  consultations: { record: StoredRecord; participants: SectorCount[] }[];
  lacks: LackOutput[];
}

const actionState = ({ values }: { values: RecordValues }) => ({
  status: String(values.status),
  dueOn: (values.dueOn as string | undefined) ?? null,
  linkedKind: (values.linkedKind as string | undefined) ?? null,
});

/**
 * Reads a study with all that belongs to it and the caller may see.
 * @param today `YYYY-MM-DD`, by which actions are late
 */
export async function readStudy(tx: Tx, record: StoredRecord, today: string): Promise<FullStudy> {
  const { country, id } = record;
  const evidence = await recordsOfStudy(tx, evidenceDefinition, country, id);
  const findings = await recordsOfStudy(tx, findingDefinition, country, id);
  const recommendations = await recordsOfStudy(tx, recommendationDefinition, country, id);
  const consultations = await recordsOfStudy(tx, consultationDefinition, country, id);
  const actions = await recordsOfStudy(tx, actionDefinition, country, id);
  const rests = await findLinks(tx, "evidence", country, id);
  const follows = await findLinks(tx, "findings", country, id);
  const wordings = await findWordings(tx, country, id);
  const comments = await findComments(tx, country, id);
  const participants = await findParticipants(tx, country, id);
  const parts = {
    evidence,
    findings: findings.map((finding) => ({ record: finding, evidence: rests.get(finding.id) ?? [] })),
    recommendations: recommendations.map((recommendation): FullRecommendation => {
      const own = actions.filter(({ values }) => values.recommendation === recommendation.id);
      const said = wordings.filter((wording) => wording.recommendation === recommendation.id);
      return {
        record: recommendation,
        outcome: outcomeOf(String(recommendation.values.state), own.map(actionState), today),
        findings: follows.get(recommendation.id) ?? [],
        version: said[0]?.version ?? 0,
        wordings: said,
        comments: comments.filter((comment) => comment.recommendation === recommendation.id),
        actions: own.map((action) => ({ record: action, late: isLate(actionState(action), today) })),
      };
    }),
    consultations: consultations.map((consultation) => ({
      record: consultation,
      participants: participants.get(consultation.id) ?? [],
    })),
  };
  const lacks = lacksOf(
    {
      evidence,
      findings: parts.findings.map(({ record: finding, evidence: names }) => ({ ...finding, evidence: names })),
      recommendations: parts.recommendations.map((each) => ({
        ...each.record,
        findings: each.findings,
        actions: each.actions.map((action) => action.record),
      })),
      consultations,
    },
    today,
  );
  return { record, ...parts, lacks };
}
