import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import { definitions } from "../src/apps/server/compose.ts";
import { approveReport, verifyReport } from "../src/domains/land-release/index.ts";
import { describeEachDatabase } from "../src/platform/database/testing.ts";
import { programClaims } from "../src/platform/database/types.ts";
import { inventAhead } from "./ahead.ts";
import { loadSample, removeSample } from "./load.ts";

describeEachDatabase("the field reports of the sample region", (context) => {
  const now = new Date("2026-07-01T00:00:00Z");
  beforeAll(() =>
    loadSample(context.db, definitions, inventAhead({ seed: 1, scale: 0.05, until: "2026-06-30" }), { now }),
  );
  const one = async (query: ReturnType<typeof sql<{ n: number }>>) =>
    Number((await query.execute(context.db.owner)).rows[0]?.n);

  it("leave every area as its record says", async () => {
    expect(await one(sql`select count(*) as n from land_state`)).toBeGreaterThan(80);
    expect(
      await one(sql`select count(*) as n from land_state s join land_area a on a.country = s.country and a.id = s.area
        where a.status <> s.status or a.area_class <> s.area_class
          or (s.open_square_metres > 0 and s.open_square_metres <> a.area_square_metres)`),
    ).toBe(0);
  });

  it("post what balances, area by area, and what is open is what the ledger has", async () => {
    expect(await one(sql`select sum(square_metres) as n from ledger_entry`)).toBe(0);
    expect(
      await one(sql`select count(*) as n from land_state s where s.open_square_metres <> coalesce((select sum(e.square_metres)
        from ledger_entry e where e.country = s.country and e.area = s.area and e.account in ('suspected', 'confirmed')), 0)`),
    ).toBe(0);
    expect(
      await one(sql`select count(*) as n from (select country, province, account, sum(square_metres) as s from ledger_entry group by 1, 2, 3) e
        full join (select country, nullif(province, '00000000-0000-0000-0000-000000000000') as province, account, sum(square_metres) as s
          from ledger_year group by 1, 2, 3) y
        on e.country = y.country and e.province is not distinct from y.province and e.account = y.account
        where e.s is distinct from y.s`),
    ).toBe(0);
  });

  it("wait for a decision where operators have handed in, and can be verified and approved as they are", async () => {
    const { rows } = await sql<{ country: string; id: string; revision: number; state: string }>`
      select country, id, revision, state from land_report where state in ('submitted', 'verified') and sample`.execute(
      context.db.owner,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const waiting of rows) {
      const approved = await context.db.transaction(programClaims, async (tx) => {
        let report = waiting;
        if (report.state === "submitted") report = await verifyReport(tx, report, null, { accountId: "one", now });
        return approveReport(tx, report, null, { accountId: "other", now });
      });
      expect(approved.state).toBe("approved");
    }
  });

  it("stand beside what inspections found wrong, with threads that agree with where each stands", async () => {
    expect(await one(sql`select count(*) as n from quality_nonconformity where sample`)).toBeGreaterThan(2);
    expect(await one(sql`select count(distinct severity) as n from quality_nonconformity`)).toBeGreaterThan(1);
    expect(
      await one(sql`select count(*) as n from quality_nonconformity n
        join lateral (select step, version, (select s.deadline from quality_nonconformity_step s where s.country = n.country
            and s.nonconformity = n.id and s.deadline is not null order by s.version desc limit 1) as deadline
          from quality_nonconformity_step s where s.country = n.country and s.nonconformity = n.id
          order by version desc limit 1) last on true
        where n.version <> last.version or n.deadline <> last.deadline or n.state <> case last.step
          when 'corrected' then 'corrected' when 'closed' then 'closed' else 'open' end`),
    ).toBe(0);
  });

  it("go with the sample, and leave nothing", async () => {
    await removeSample(context.db, definitions, now);
    const left = ["land_report", "land_report_step", "land_state", "land_product"];
    for (const table of [...left, "ledger_entry", "land_area", "quality_nonconformity", "quality_nonconformity_step"])
      expect(await one(sql`select count(*) as n from ${sql.table(table)}`), table).toBe(0);
    expect(await one(sql`select count(*) as n from ledger_year where square_metres <> 0`)).toBe(0);
    expect(await one(sql`select count(*) as n from ledger_year_type where square_metres <> 0`)).toBe(0);
  });
});
