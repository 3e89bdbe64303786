import { type Database, programClaims, type Tx } from "../database/types.ts";
import { type ChainReport, recordEvent, verifyChain } from "../events/index.ts";
import type { Handlers } from "../http/handler.ts";
import type { Jobs, JobWork } from "../jobs/index.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Clock } from "../kernel/clock.ts";
import { isUuid, newId } from "../kernel/ids.ts";
import { Problem } from "../kernel/problem.ts";
import type { RecordDefinition } from "../records/definition.ts";
import { personNames } from "../records/references.ts";
import {
  chainState,
  eventsOfRecords,
  findChoices,
  findEvents,
  idsOfCode,
  insertVerification,
  lastVerification,
  runningVerification,
  type StoredEvent,
} from "./audit-store.ts";
import { type AuditEvent, auditProblems, type auditRoutes, verifyJob } from "./contract-audit.ts";

/** The subject type of events about accounts, as `platform/access` records them. */
const accountSubject = "access.account";

/** Parts of a payload that machines need and people do not. */
const machineParts = new Set(["boxes", "digest", "code"]);

/** An event as it leaves; pure. */
export function presentEvent(event: StoredEvent, names: ReadonlyMap<string, string>): AuditEvent {
  const { code } = event.payload;
  return {
    id: event.id,
    type: event.type,
    occurredAt: event.occurred_at,
    country: event.country,
    subject:
      event.subject_type !== null && event.subject_id !== null
        ? {
            type: event.subject_type,
            id: event.subject_id,
            code: typeof code === "string" ? code : null,
            name: names.get(event.subject_id) ?? null,
          }
        : null,
    account: event.account_id === null ? null : { id: event.account_id, name: names.get(event.account_id) ?? null },
    position: event.position,
    details: Object.fromEntries(Object.entries(event.payload).filter(([name]) => !machineParts.has(name))),
  };
}

function numberOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const number = Number(cursor);
  if (!Number.isSafeInteger(number) || number < 1) throw new Problem(auditProblems["bad-cursor"]);
  return number;
}

/** What a reader means by the id or the code of a record. */
async function subjectsOf(tx: Tx, definitions: readonly RecordDefinition[], text: string) {
  const ids = isUuid(text) ? [text] : await idsOfCode(tx, definitions, text);
  return { ids, events: ids.length === 0 ? [] : await eventsOfRecords(tx, ids) };
}

const outcomeOf = ({ sealed, unsealed, head, problems }: ChainReport) => ({
  sealed,
  unsealed,
  head,
  problems: problems.length,
});

/**
 * Checks the whole chain: recomputes every hash and digest, keeps the outcome for the audit page and records that it was
 * done.
 * @param accountId who asked; null for whoever has the node's machine in hand
 * @param onProgress called with the number of events checked; throw in it to stop
 */
export async function verifyAudit(
  database: Database,
  clock: Clock,
  accountId: string | null,
  onProgress: (checked: number) => void = () => {},
): Promise<ChainReport> {
  const report = await verifyChain(database, onProgress);
  const now = clock();
  await database.transaction(programClaims, async (tx) => {
    await insertVerification(tx, { id: newId(), accountId, now, report });
    await recordEvent(tx, { type: "audit.verified", accountId, now, payload: outcomeOf(report) });
  });
  return report;
}

/** The same as a job. Cancelling takes effect between two batches of a thousand events. */
export function verifyWork(database: Database, clock: Clock): JobWork {
  return async (run) => {
    const { sealed } = await database.transaction(programClaims, chainState, { readOnly: true });
    const report = await verifyAudit(database, clock, run.accountId, (checked) => {
      run.signal.throwIfAborted();
      run.progress({ done: checked, total: Math.max(sealed, checked), unit: "events" });
    });
    return outcomeOf(report) as Json;
  };
}

/** The handlers of the audit log. */
export function auditHandlers(
  jobs: Pick<Jobs, "enter">,
  definitions: readonly RecordDefinition[],
): Handlers<typeof auditRoutes> {
  return {
    async auditEvents(context, { query }) {
      const { subject, cursor, limit, ...filter } = query;
      const before = numberOf(cursor);
      const subjects = subject === undefined ? undefined : await subjectsOf(context.tx, definitions, subject);
      const rows = await findEvents(context.tx, { ...filter, subjects, before }, limit + 1);
      const page = rows.slice(0, limit);
      const names = await personNames(
        context.tx,
        page.flatMap(({ account_id, subject_type, subject_id }) => [
          account_id,
          subject_type === accountSubject ? subject_id : null,
        ]),
      );
      return {
        items: page.map((event) => presentEvent(event, names)),
        next: rows.length > limit ? String(page.at(-1)?.seq) : null,
      };
    },

    auditChoices: (context) => findChoices(context.tx),

    async auditState(context) {
      const last = await lastVerification(context.tx);
      const names = await personNames(context.tx, [last?.accountId ?? null]);
      return {
        ...(await chainState(context.tx)),
        last: last && {
          verifiedAt: last.verifiedAt,
          by: last.accountId === null ? null : (names.get(last.accountId) ?? null),
          sealed: last.sealed,
          unsealed: last.unsealed,
          head: last.head,
          problems: last.problems.first,
          problemCount: last.problems.count,
        },
        running: await runningVerification(context.tx),
      };
    },

    async verifyAudit(context) {
      // A second press, or a second person, joins the check that is under way.
      const answer = { job: (await runningVerification(context.tx)) ?? "" };
      if (answer.job === "") {
        // Entering takes a transaction of its own, so it waits for the end of this one; the answer leaves after both.
        context.afterCommit(async () => {
          answer.job = await jobs.enter({ name: verifyJob, input: {}, accountId: context.caller.account?.id ?? null });
        });
      }
      return answer;
    },
  };
}
