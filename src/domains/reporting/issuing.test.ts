import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { translatorOf } from "../../apps/server/labels.ts";
import { type Access, createAccess } from "../../platform/access/index.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { programClaims } from "../../platform/database/types.ts";
import type { Context } from "../../platform/http/handler.ts";
import { mailerFrom } from "../../platform/mail/index.ts";
import { aMailServer, type MailServer } from "../../platform/mail/testing.ts";
import { manyCasualties } from "../accidents/samples.ts";
import { messagesOf, rights } from "./index.ts";
import { enterDue, type IssuingSetup, issueDue } from "./issuing.ts";
import { findIssues, findSchedule, type StoredSchedule, updateSchedule } from "./schedule-store.ts";
import { makeSchedule, type ScheduleInput } from "./schedules.ts";

describeEachDatabase("reports that are issued by themselves", (context) => {
  let now = new Date("2026-01-02T05:00:00Z");
  let access: Access;
  let mail: MailServer;
  let setup: IssuingSetup;
  const folder = mkdtempSync(join(tmpdir(), "santi-issues-"));
  const signal = new AbortController().signal;
  let made = 0;

  /** Makes an account of a role in Cambodia. @returns its id */
  const person = async (role: "information-manager" | "donor", grants = true) => {
    const email = `${role}.${made++}@example.org`;
    const { id } = await access.createAccount({
      ...{ name: role, email },
      grants: grants ? [{ role, country: "KHM", organisation: null }] : [],
    });
    return { id, email };
  };

  const terms: ScheduleInput = {
    ...{ country: "KHM", others: [], definition: "casualty-tables", every: "monthly", day: 5, period: "last-year" },
    ...{
      language: "km",
      formats: ["json", "pdf"],
      in: "km2",
      form: null,
      audience: "own",
      folder: true,
      recipients: [],
    },
  };
  const schedule = async (owner: string, changes: Partial<ScheduleInput> = {}): Promise<StoredSchedule> => {
    const caller = await access.callerById(owner);
    if (!caller) throw new Error("No such account");
    return context.db.transaction(caller.claims, (tx) => {
      const of = { tx, caller, now, signal, database: context.db } as unknown as Context;
      return makeSchedule(of, { ...terms, ...changes }, setup);
    });
  };
  const issuesOf = ({ country, id }: StoredSchedule) =>
    context.db.transaction(programClaims, (tx) => findIssues(tx, country, id, 50));
  const stored = ({ country, id }: StoredSchedule) =>
    context.db.transaction(programClaims, (tx) => findSchedule(tx, country, id));
  const end = (of: StoredSchedule) =>
    context.db.transaction(programClaims, (tx) => updateSchedule(tx, of, { endedAt: now }));
  const files = () => {
    try {
      return readdirSync(join(folder, "KHM")).sort();
    } catch {
      return [];
    }
  };

  beforeAll(async () => {
    mail = await aMailServer();
    access = createAccess({
      ...{ database: context.db, rights, secret: "s".repeat(40), publicAddress: "http://localhost:4711" },
      describeSystem: () => Promise.reject(new Error("not asked")),
    });
    setup = {
      ...{ database: context.db, clock: () => now, access, translators: translatorOf, message: messagesOf, folder },
      mailer: mailerFrom({ SANTI_SMTP_URL: mail.address, SANTI_MAIL_FROM: "node@example.org" }),
      publicAddress: "http://localhost:4711",
    };
    await manyCasualties(context.db, "KHM", [
      { count: 12, occurredOn: "2025-03-01", values: { outcome: "killed", sex: "male", ageGroup: "adult" } },
      { count: 3, occurredOn: "2025-03-01", values: { outcome: "injured", sex: "female", ageGroup: "adult" } },
    ]);
  }, 60_000);
  afterAll(async () => {
    await mail.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("wait for their day, are issued once on it, and go on from there", async () => {
    const owner = await person("information-manager");
    const of = await schedule(owner.id, { recipients: ["donor@example.org", "press@example.org"] });
    expect(of.nextOn).toBe("2026-01-05");
    expect(await issueDue(setup, signal)).toEqual([]);
    now = new Date("2026-01-05T00:00:10Z");
    // Two processes look at once: one issue.
    const looks = await Promise.all([enterDue(setup), enterDue(setup)]);
    expect(looks.flat()).toHaveLength(1);
    const ended = await issueDue(setup, signal);
    expect(ended.map(({ state }) => state)).toEqual(["done"]);
    expect(await issueDue(setup, signal)).toEqual([]);
    const [issue, ...others] = await issuesOf(of);
    expect(others).toEqual([]);
    expect(issue).toMatchObject({
      dueOn: "2026-01-05",
      from: "2025-01-01",
      to: "2025-12-31",
      state: "done",
      attempts: 1,
    });
    expect((await stored(of))?.nextOn).toBe("2026-02-05");
    // The files are in the folder, by what they are of and when they were made, with their hashes.
    const name = "casualty-tables-KHM-2025-01-01-to-2025-12-31-issued-20260105T000010Z";
    expect(files()).toEqual([`${name}.json`, `${name}.pdf`]);
    const json = readFileSync(join(folder, "KHM", `${name}.json`));
    expect(issue?.files.find((file) => file.name.endsWith(".json"))?.sha256).toBe(
      createHash("sha256").update(json).digest("hex"),
    );
    // With the clearance of the owner: exact figures, which the public would not get.
    expect(JSON.parse(json.toString()).parameters).toMatchObject({ audience: "own", asOf: "2026-01-05" });
    expect(json.toString()).toMatch(/"value":3[,}]/);
    // One mail each, so that nobody learns who else gets it.
    expect(mail.taken.map(({ to }) => to)).toEqual([["donor@example.org"], ["press@example.org"]]);
    expect(mail.taken[0]?.text).not.toContain("press@");
    expect(mail.taken[0]?.text).toContain(`${name}.pdf`);
    const { rows } = await sql<{ type: string; payload: unknown }>`select type, payload from event
      where type like 'reporting.%' and subject_id = ${of.id}::uuid order by seq`.execute(context.db.owner);
    expect(rows.map(({ type }) => type)).toEqual(["reporting.schedule-made", "reporting.issued"]);
    expect(JSON.stringify(rows)).not.toContain("@example.org");
    await end(of);
  }, 60_000);

  it("that slept over several days of theirs are issued once, for the period that ended last", async () => {
    const owner = await person("information-manager");
    now = new Date("2026-02-01T00:00:00Z");
    const of = await schedule(owner.id, { period: "ended", definition: "operator-tables", formats: ["csv"] });
    now = new Date("2026-07-20T12:00:00Z");
    expect((await issueDue(setup, signal)).map(({ state }) => state)).toEqual(["done"]);
    expect(await issueDue(setup, signal)).toEqual([]);
    const issues = await issuesOf(of);
    expect(issues.map(({ dueOn, from, to }) => [dueOn, from, to])).toEqual([
      ["2026-07-05", "2026-06-01", "2026-06-30"],
    ]);
    expect((await stored(of))?.nextOn).toBe("2026-08-05");
    await end(of);
  }, 60_000);

  it("stop with a note when whoever answers for them loses the right, or the account", async () => {
    const [left, demoted] = [await person("information-manager"), await person("information-manager")];
    now = new Date("2026-08-01T00:00:00Z");
    const before = files().length;
    const gone = await schedule(left.id);
    const lost = await schedule(demoted.id);
    await access.setDisabled(left.email, true);
    await sql`delete from access_grant where account_id = ${demoted.id}`.execute(context.db.owner);
    now = new Date("2026-08-05T01:00:00Z");
    expect((await issueDue(setup, signal)).map(({ state }) => state)).toEqual(["failed", "failed"]);
    expect([(await stored(gone))?.stopped, (await stored(lost))?.stopped]).toEqual(["account-closed", "right-gone"]);
    expect((await issuesOf(lost))[0]).toMatchObject({ state: "failed", reason: "reporting.right-gone", files: [] });
    expect(files()).toHaveLength(before);
    now = new Date("2026-09-05T01:00:00Z");
    expect(await issueDue(setup, signal)).toEqual([]);
    const { rows } = await sql<{
      type: string;
    }>`select type from event where subject_id in (${gone.id}::uuid, ${lost.id}::uuid)
      and type in ('reporting.schedule-stopped', 'reporting.issue-failed')`.execute(context.db.owner);
    expect(rows).toHaveLength(4);
  }, 60_000);

  it("try mail again that could not leave, to those alone who have not got it, with the same files, and then give up", async () => {
    const owner = await person("information-manager");
    now = new Date("2026-10-01T00:00:00Z");
    const of = await schedule(owner.id, { formats: ["json"], recipients: ["late@example.org"] });
    mail.fail(true);
    mail.taken.length = 0;
    now = new Date("2026-10-05T00:00:00Z");
    expect((await issueDue(setup, signal)).map(({ state }) => state)).toEqual(["waiting"]);
    const [waiting] = await issuesOf(of);
    expect(waiting).toMatchObject({ state: "waiting", attempts: 1, reason: "mail.unreachable" });
    expect(new Date(waiting?.retryAt ?? 0).toISOString()).toBe("2026-10-05T00:10:00.000Z");
    const kept = files();
    expect(await issueDue(setup, signal)).toEqual([]);
    mail.fail(false);
    now = new Date("2026-10-05T00:10:00Z");
    expect((await issueDue(setup, signal)).map(({ state }) => state)).toEqual(["done"]);
    const [issue] = await issuesOf(of);
    expect(issue).toMatchObject({
      state: "done",
      attempts: 2,
      reason: null,
      hash: waiting?.hash,
      files: waiting?.files,
    });
    expect(files()).toEqual(kept);
    expect(mail.taken).toHaveLength(1);
    expect(mail.taken[0]?.text).toContain(issue?.files[0]?.name);

    mail.fail(true);
    now = new Date("2026-11-05T00:00:00Z");
    for (const state of ["waiting", "waiting", "waiting", "failed"]) {
      expect((await issueDue(setup, signal)).map((each) => each.state)).toEqual([state]);
      now = new Date(now.getTime() + 7 * 3_600_000);
    }
    expect((await issuesOf(of))[0]).toMatchObject({ state: "failed", attempts: 4, reason: "mail.unreachable" });
    mail.fail(false);
    await end(of);
  }, 60_000);

  it("for everybody hold what anybody may see, and keep no file when only mail is asked for", async () => {
    const owner = await person("information-manager");
    now = new Date("2026-12-01T00:00:00Z");
    const of = await schedule(owner.id, {
      ...{
        formats: ["json"],
        audience: "public",
        folder: false,
        recipients: ["refused@example.org", "all@example.org"],
      },
    });
    const before = files();
    mail.taken.length = 0;
    now = new Date("2026-12-05T00:00:00Z");
    // Who is refused for good is told of, and nobody else goes without.
    expect((await issueDue(setup, signal)).map(({ state }) => state)).toEqual(["failed"]);
    expect((await issuesOf(of))[0]).toMatchObject({
      reason: "mail.refused",
      delivered: ["all@example.org"],
      files: [],
    });
    expect(files()).toEqual(before);
    const attached = mail.taken[0]?.text.split(/\r?\n\r?\n/).find((part) => part.startsWith("ey")) ?? "";
    const report = Buffer.from(attached.replace(/\s/g, ""), "base64").toString("utf8");
    expect(report).toContain('"audience":"public"');
    expect(report).not.toMatch(/"value":3[,}]/);
    await end(of);
  }, 60_000);

  it("are refused without anywhere to go, for a node without mail, and for a report that does not fit", async () => {
    const { id } = await person("information-manager");
    const code = (work: Promise<unknown>) =>
      work.then(
        () => null,
        (cause: { code: string; fields: { code: string }[] }) => [
          cause.code,
          ...cause.fields.map((field) => field.code),
        ],
      );
    expect(await code(schedule(id, { folder: false }))).toEqual(["reporting.nowhere-to"]);
    expect(await code(schedule(id, { others: ["LAO"] }))).toEqual(["common.invalid-input", "reporting.one-country"]);
    expect(await code(schedule(id, { form: "nothing" }))).toEqual(["common.invalid-input", "reporting.form-unknown"]);
    expect(await code(schedule(id, { definition: "nothing" }))).toEqual(["common.not-found"]);
    const { mailer } = setup;
    setup = { ...setup, mailer: null };
    expect(await code(schedule(id, { recipients: ["a@example.org"] }))).toEqual(["reporting.no-mail"]);
    setup = { ...setup, mailer };
  });
});
