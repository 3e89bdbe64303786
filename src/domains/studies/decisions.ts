import type { Tx } from "../../platform/database/types.ts";
import { recordEvent } from "../../platform/events/index.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { commonProblems, Problem } from "../../platform/kernel/problem.ts";
import { reviseRecords } from "../../platform/records/actions.ts";
import type { StoredRecord } from "../../platform/records/store.ts";
import { type Change, lockPart, ofStudy } from "./actions.ts";
import { studiesProblems } from "./contract.ts";
import { consultationDefinition, recommendationDefinition } from "./definitions.ts";
import { decisionsAfter, type RecommendationState } from "./model.ts";
import { findVersion, insertComment, insertWording } from "./store.ts";

/** A consultation of the study that was held. @throws Problem `studies.consultation-not-held`, and as `lockPart` */
async function heldConsultation(tx: Tx, study: StoredRecord, id: string): Promise<StoredRecord> {
  const consultation = await lockPart(tx, consultationDefinition, study, id);
  if (consultation.values.status !== "held") throw new Problem(studiesProblems["consultation-not-held"]);
  return consultation;
}

/** Keeps what a sector said of a recommendation. @returns the comment's id @throws Problem as `heldConsultation` */
export async function commentOn(
  tx: Tx,
  study: StoredRecord,
  comment: { recommendation: string; consultation: string; sector: string; stance: string; comment: string },
  change: Change,
): Promise<string> {
  await lockPart(tx, recommendationDefinition, study, comment.recommendation);
  await lockPart(tx, consultationDefinition, study, comment.consultation);
  const id = newId();
  const { now, accountId } = change;
  await insertComment(tx, ofStudy(study), { ...comment, id, recordedAt: now.toISOString(), recordedBy: accountId });
  return id;
}

/** A decision about a recommendation. */
export interface Decision {
  recommendation: string;
  /** The version of the wording that was decided on. */
  version: number;
  state: RecommendationState;
  wording?: string | undefined;
  consultation?: string | undefined;
  reason?: string | undefined;
}

/**
 * Decides on a recommendation: agreed as it stands, amended, dropped, or proposed anew in other words. Every wording is
 * kept. What a consultation agreed names it; dropping and proposing anew name a reason.
 * @returns the version of the wording now in force
 * @throws Problem `common.stale-revision`, `studies.decision-not-allowed`, `studies.wording-unchanged`,
 * `studies.wording-changed`, `studies.reason-missing`, `studies.consultation-not-held`, `studies.not-of-this-study`
 */
export async function decide(tx: Tx, study: StoredRecord, decision: Decision, change: Change): Promise<number> {
  const record = await lockPart(tx, recommendationDefinition, study, decision.recommendation);
  const found = await findVersion(tx, study.country, record.id);
  if (found !== decision.version)
    throw new Problem(commonProblems["stale-revision"], { expected: decision.version, found });
  const before = record.values.state as RecommendationState;
  const { state, reason = null } = decision;
  if (!decisionsAfter(before).includes(state))
    throw new Problem(studiesProblems["decision-not-allowed"], { from: before, to: state });
  const wording = decision.wording ?? String(record.values.wording);
  const same = wording === record.values.wording;
  if (state === "amended" && same) throw new Problem(studiesProblems["wording-unchanged"]);
  if ((state === "agreed" || state === "dropped") && !same) throw new Problem(studiesProblems["wording-changed"]);
  if (state === "proposed" && before === "proposed" && same) throw new Problem(studiesProblems["wording-unchanged"]);
  if ((state === "dropped" || state === "proposed") && reason === null)
    throw new Problem(studiesProblems["reason-missing"]);
  const binding = state === "agreed" || state === "amended";
  if (binding && !decision.consultation) throw new Problem(studiesProblems["consultation-not-held"]);
  const consultation = decision.consultation ? await heldConsultation(tx, study, decision.consultation) : null;
  const version = found + 1;
  const stored = await insertWording(tx, ofStudy(study), {
    recommendation: record.id,
    version,
    state,
    wording,
    consultation: consultation?.id ?? null,
    reason,
    recordedAt: change.now.toISOString(),
    recordedBy: change.accountId,
  });
  if (!stored) throw new Problem(commonProblems["stale-revision"], { expected: found, found: version });
  const decided = binding && consultation !== null;
  const values = {
    ...record.values,
    wording,
    state,
    decidedOn: decided ? consultation.values.heldOn : null,
    decidedIn: decided ? consultation.id : null,
  };
  await reviseRecords(tx, recommendationDefinition, [{ record, values }], { ...change, reason });
  await recordEvent(tx, {
    type: "studies.recommendation-decided",
    country: study.country,
    subject: { type: recommendationDefinition.type.name, id: record.id },
    accountId: change.accountId,
    now: change.now,
    payload: { from: before, to: state, version },
  });
  return version;
}
