import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aNode, santi, santiJson, type TestNode } from "./testing.ts";

describe("imports from the command line", () => {
  let node: TestNode;
  let folder: string;
  let where: readonly string[];
  beforeAll(async () => {
    node = await aNode();
    ({ folder, where } = node);
  });
  afterAll(() => node.remove());

  it("reads a file, says what was doubtful in sentences, errors even after many warnings, and repeats it", {
    timeout: 120_000,
  }, async () => {
    const profile = join(folder, "profile.json");
    const columns = ["code", "occurredOn", "killed", "cause"].map((field) => ({ field, column: field }));
    const names = { en: "By hand" };
    writeFileSync(profile, JSON.stringify({ id: "by-hand", names, recordType: "accidents.accident", columns }));
    const file = join(folder, "accidents.csv");
    const warned = Array.from({ length: 230 }, (_, i) => `W-${i},2024-05-01,1,steped-on`);
    writeFileSync(file, ["code,occurredOn,killed,cause", ...warned, "E-1,2024-13-45,1,", ""].join("\n"));
    const args = ["import", file, "--profile", profile, "--country", "KHM", ...where];
    const first = await santi(...args);
    expect([first.code, first.err]).toEqual([1, ""]);
    expect(first.out).toMatch(/231 rows read in .* s: 230 stored, 0 unchanged, 1 refused\./);
    expect(first.out).toMatch(/^ +230 {2}[A-Z][^{}]*$/m);
    expect(first.out).toMatch(/accidents\.csv:232 [^{}\n]*2024-13-45/);
    expect(first.out).not.toMatch(/\{|check\.|check-title\./);
    const again = await santi(...args, "--json");
    expect(again.json()).toMatchObject({
      read: 231,
      stored: 0,
      unchanged: 230,
      refused: 1,
      findings: { error: 1 },
      byCheck: { "date.impossible": 1 },
    });
  });

  it("looks at a file, makes a profile of it, keeps what was doubtful and takes the batch back", {
    timeout: 120_000,
  }, async () => {
    const file = join(folder, "หมู่บ้าน.csv");
    const rows = [
      "ทะเบียนอุบัติเหตุ;;;",
      "accident_id;วันที่;Latitude;Longitude",
      "ก-1;๑๓/๑/๒๕๖๗;13,7;102,5",
      "ก-2;31/02/2567;13,8;102,6",
      "",
    ];
    writeFileSync(file, rows.join("\n"));
    const looked = await santiJson("imports", "inspect", file);
    expect(looked).toMatchObject({ format: "csv", delimiter: ";", headerRow: 2, decimalComma: true });
    expect((await santi("imports", "inspect", file)).out).toMatch(/row 2, one row of titles above/);

    const make = ["imports", "profile", file, "--records", "accidents.accident", "--country", "THA", "--dates", "dmy"];
    expect(await santi(...make)).toMatchObject({ code: 1, err: expect.stringContaining("--datum") });
    const out = join(folder, "made.json");
    expect(await santi(...make, "--datum", "wgs-84", "--id", "made", "--out", out, "--save", ...where)).toMatchObject({
      code: 0,
    });
    expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({
      id: "made",
      decimalComma: true,
      position: { datum: "wgs-84" },
    });
    expect(await santi(...make, "--datum", "wgs-84", "--out", out)).toMatchObject({
      code: 1,
      err: expect.stringContaining("already"),
    });
    expect(await santiJson("imports", "profiles", "--country", "THA", ...where)).toContainEqual(
      expect.objectContaining({ id: "made", saved: true }),
    );

    const findings = join(folder, "findings.csv");
    const run = ["import", file, "--profile", "made", "--country", "THA", ...where];
    const wrong = await santi(...run, "--findings", join(folder, "findings.pdf"));
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining(".xlsx") });
    const dry = await santi(...run, "--dry-run", "--findings", findings);
    expect([dry.code, dry.err]).toEqual([1, ""]);
    expect(readFileSync(findings, "utf8")).toContain("31/02/2567");
    const done = (await santi(...run, "--json")).json<{ importId: string; stored: number; refused: number }>();
    expect(done).toMatchObject({ stored: 1, refused: 1 });

    const listed = (await santiJson("imports", "list", "--country", "THA", ...where)) as unknown as object[];
    expect(listed).toEqual([expect.objectContaining({ id: done.importId, status: "done", dryRun: false })]);
    const book = join(folder, "findings.xlsx");
    expect(await santi("imports", "findings", done.importId, book, ...where)).toMatchObject({ code: 0 });
    expect(readFileSync(book).toString("latin1", 0, 2)).toBe("PK");
    const undo = ["imports", "undo", done.importId, ...where];
    expect(await santi(...undo)).toMatchObject({ code: 2 });
    expect(await santiJson(...undo, "--reason", "read with the wrong profile")).toMatchObject({
      withdrawn: 1,
      reverted: 0,
      leftCount: 0,
    });
    expect(await santi(...undo, "--reason", "again")).toMatchObject({ code: 1 });
    expect(await santi("imports", "undo", "nonsense", "--reason", "again", ...where)).toMatchObject({ code: 1 });
  });
});
