import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, it } from "vitest";
import type { SystemInfo } from "../../platform/access/contract.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { createLog } from "../../platform/http/log.ts";
import { createApp } from "./app.ts";
import { prepareNode } from "./node.ts";

describeEachDatabase("what anybody may know of a node", (context) => {
  it("is who runs it, how to reach them, and how many rows lists show, as soon as somebody chose", async () => {
    const directory = mkdtempSync(join(tmpdir(), "santi-system-"));
    const node = await prepareNode(context.db, { directory, publicAddress: "http://localhost:1" });
    const app = createApp(node, { log: createLog("silent") });
    const system = async () => {
      const response = await app.fetch(new Request("http://localhost:1/api/system"));
      expect(response.status).toBe(200);
      return (await response.json()) as SystemInfo;
    };
    expect(await system()).toMatchObject({ node: { name: {}, contact: {} }, listRows: 50, sample: false });
    const name = { en: "Centre", km: "មជ្ឈមណ្ឌល" };
    const chosen = { "node.name": name, "node.contact": { en: "Room 3" }, "lists.rows": 25 };
    for (const [setting, value] of Object.entries(chosen))
      await sql`insert into setting (name, value) values (${setting}, ${JSON.stringify(value)}::jsonb)`.execute(
        context.db.owner,
      );
    expect(await system()).toMatchObject({ node: { name, contact: { en: "Room 3" } }, listRows: 25 });
    rmSync(directory, { recursive: true, force: true });
  });
});
