import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openDatabase } from "../../src/platform/database/open.ts";
import { embeddedCopy, withDatabase } from "../../src/platform/database/testing.ts";
import { newId } from "../../src/platform/kernel/ids.ts";
import { type Aftermath, killWriter, strikeOnce, type Victim } from "./kill.ts";

const kills = 3;
const unharmed = { lost: [], torn: [], chainProblems: 0, unsealed: 0 };

async function killRepeatedly(victim: Victim): Promise<Aftermath[]> {
  const acknowledged = new Map<string, number>();
  const aftermaths: Aftermath[] = [];
  for (let run = 0; run < kills; run++)
    aftermaths.push(await strikeOnce(victim, run, acknowledged, 150 + Math.random() * 700));
  return aftermaths;
}

describe("a writer that is killed at random moments loses nothing that it acknowledged", () => {
  it("on the embedded database", { timeout: 240_000 }, async () => {
    const where = await embeddedCopy();
    try {
      const aftermaths = await killRepeatedly({ kind: "embedded", where, strike: killWriter });
      for (const aftermath of aftermaths) expect(aftermath).toMatchObject(unharmed);
      expect(aftermaths.at(-1)?.acknowledged).toBeGreaterThan(0);
    } finally {
      rmSync(where, { recursive: true, force: true });
    }
  });

  it.runIf(process.env.SANTI_TEST_DATABASE_URL)("on PostgreSQL", { timeout: 240_000 }, async () => {
    const server = process.env.SANTI_TEST_DATABASE_URL as string;
    const admin = await openDatabase({ url: server });
    const name = `santi_kill_${newId().replaceAll("-", "")}`;
    await admin.executeSql(`create database ${name}`);
    try {
      const aftermaths = await killRepeatedly({
        kind: "postgres",
        where: withDatabase(server, name),
        strike: killWriter,
      });
      for (const aftermath of aftermaths) expect(aftermath).toMatchObject(unharmed);
      expect(aftermaths.at(-1)?.acknowledged).toBeGreaterThan(0);
    } finally {
      await admin.executeSql(`drop database ${name} with (force)`);
      await admin.close();
    }
  });
});
