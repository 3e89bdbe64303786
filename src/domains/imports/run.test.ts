import ExcelJS from "exceljs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import type { Database } from "../../platform/database/types.ts";
import { programClaims } from "../../platform/database/types.ts";
import { createRecords } from "../../platform/records/actions.ts";
import { findByKeys, findRevisions } from "../../platform/records/store.ts";
import { accidentDefinition } from "../accidents/index.ts";
import { loadCountries } from "../places/reference.ts";
import { applyFindings, dismissFindings } from "./decide.ts";
import { countFindings, findFindings } from "./finding-store.ts";
import { aFile, allDefinitions, aProfile, runImport } from "./samples.ts";
import { findImport } from "./store.ts";
import { undoImport } from "./undo.ts";

const now = new Date("2026-11-23T06:00:00Z");
const change = { accountId: "tester", now, reason: "wrong file" };

const accidents = (db: Database, codes: string[]) =>
  db.transaction(programClaims, (tx) => findByKeys(tx, accidentDefinition, "KHM", "code", codes));

describeEachDatabase("importing files", (context) => {
  it("stores each row once, and says that nothing changed when the same file comes again", async () => {
    const file = aFile("code,date,killed\nR-1,2024-05-01,1\nR-2,2024-05-02,0\nR-2,2024-05-02,0\n");
    const first = await runImport(context.db, [file]);
    expect(first).toMatchObject({ read: 3, stored: 2, unchanged: 1, refused: 0, byCheck: { "identical-row": 1 } });
    const again = await runImport(context.db, [file]);
    expect(again).toMatchObject({ read: 3, stored: 0, unchanged: 3, refused: 0 });
    expect((await accidents(context.db, ["R-1", "R-2"])).map(({ revision }) => revision)).toEqual([1, 1]);
  });

  it("knows rows without a code by their content, keeps identical ones apart, and names the other import", async () => {
    const profile = aProfile({
      id: "no-key",
      columns: [
        { field: "occurredOn", column: "date" },
        { field: "killed", column: "killed" },
      ],
    });
    const rows = "date,killed\n2023-01-01,1\n2023-01-01,1\n2023-01-02,2\n";
    const file = aFile(rows, "first.csv");
    expect(await runImport(context.db, [file], { profile })).toMatchObject({
      stored: 3,
      findings: { error: 0, warning: 1 },
    });
    expect(await runImport(context.db, [file], { profile })).toMatchObject({
      stored: 0,
      unchanged: 3,
      findings: { warning: 0 },
    });
    const other = aFile(`${rows}2023-01-03,1\n`, "second.csv");
    const result = await runImport(context.db, [other], { profile });
    expect(result).toMatchObject({ read: 4, stored: 1, unchanged: 3, byCheck: { "known-from-other-import": 3 } });
    expect(result.firstFindings[0]?.finding.params.file).toMatch(/first\.csv$/);
  });

  it("takes what the source changed, keeps what people changed, and names where both did", async () => {
    const profile = aProfile({ id: "merge" });
    await runImport(context.db, [aFile("code,date,killed\nM-1,2024-01-01,1\nM-2,2024-01-01,1\n")], { profile });
    await context.db.transaction(programClaims, async (tx) => {
      const { reviseRecords } = await import("../../platform/records/actions.ts");
      const [record] = await findByKeys(tx, accidentDefinition, "KHM", "code", ["M-1"]);
      if (!record) throw new Error("M-1 was imported");
      await reviseRecords(tx, accidentDefinition, [{ record, values: { ...record.values, killed: 5 } }], change);
    });
    const second = await runImport(context.db, [aFile("code,date,killed\nM-1,2024-02-02,9\nM-2,2024-01-01,\n")], {
      profile,
    });
    expect(second).toMatchObject({ stored: 2, updated: 2, byCheck: { "changed-since": 1 } });
    const found = await accidents(context.db, ["M-1", "M-2"]);
    const values = Object.fromEntries(found.map((record) => [record.values.code, record.values]));
    expect(values["M-1"]).toMatchObject({ occurredOn: "2024-02-02", killed: 5 });
    expect(values["M-2"]?.killed).toBeUndefined();
  });

  it("says which columns a file lacks, once a file", async () => {
    const files = ["code,date\nN-1,2024-01-01\nN-2,2024-01-02\n", "code,date,killed\nN-3,2024-01-03,0\n"];
    const profile = aProfile({ id: "lacking" });
    const result = await runImport(
      context.db,
      files.map((text) => aFile(text)),
      { profile },
    );
    expect(result).toMatchObject({ stored: 3, byCheck: { "columns-missing": 1 } });
    const [{ file, row, finding } = { file: "", row: 0, finding: null }] = result.firstFindings;
    expect({ file, row, finding }).toMatchObject({
      ...{ file: result.files[0]?.name, row: 2 },
      finding: { severity: "warning", params: { columns: "killed" } },
    });
  });

  it("says which sheets of a workbook were not read, unless one was chosen", async () => {
    const workbook = new ExcelJS.Workbook();
    const rows = (code: string) => [
      ["code", "date", "killed"],
      [code, "2024-01-01", 1],
    ];
    workbook.addWorksheet("2024").addRows(rows("SH-1"));
    workbook.addWorksheet("2025").addRows(rows("SH-2"));
    workbook.addWorksheet("Empty");
    const path = aFile("", "sheets.xlsx");
    await workbook.xlsx.writeFile(path);
    const first = await runImport(context.db, [path], { profile: aProfile({ id: "sheets" }) });
    expect(first).toMatchObject({ read: 1, stored: 1, byCheck: { "layers-unread": 1 } });
    expect(first.firstFindings).toMatchObject([{ finding: { params: { layers: "2025" } } }]);
    const chosen = aProfile({ id: "sheet", reading: { layer: "2025" } });
    const second = await runImport(context.db, [path], { profile: chosen });
    expect(second).toMatchObject({ read: 1, stored: 1, byCheck: {} });
  });

  it("refuses a row whose values cannot be read and a key that two rows claim, and counts them", async () => {
    const text =
      "code,date,killed\nX-1,2024-13-45,1\nX-2,2024-01-01,some\nX-3,2024-01-01,1\nX-3,2024-01-02,2\n,2024-01-01,1\nX-4,2031-01-01,0\n";
    const result = await runImport(context.db, [aFile(text)]);
    expect(result).toMatchObject({ read: 6, stored: 1, refused: 5, unchanged: 0 });
    expect(Object.keys(result.byCheck).sort()).toEqual(
      ["date-in-future", "date.impossible", "duplicate-key", "number.malformed", "required"].sort(),
    );
  });

  it("takes a whole import back and restores its records when the file comes again", async () => {
    const profile = aProfile({ id: "undone" });
    const target = (id: string) => ({ country: "KHM", id });
    await context.db.transaction(programClaims, (tx) =>
      createRecords(tx, accidentDefinition, [{ country: "KHM", values: { code: "U-0", killed: 1 } }], change),
    );
    const file = aFile("code,date,killed\nU-0,2024-01-01,2\nU-1,2024-01-01,1\nU-2,2024-01-02,1\n");
    const { importId } = await runImport(context.db, [file], { profile });
    await context.db.transaction(programClaims, async (tx) => {
      const { reviseRecords } = await import("../../platform/records/actions.ts");
      const [record] = await findByKeys(tx, accidentDefinition, "KHM", "code", ["U-2"]);
      if (!record) throw new Error("U-2 was imported");
      await reviseRecords(tx, accidentDefinition, [{ record, values: { ...record.values, injured: 3 } }], change);
    });
    const result = await context.db.transaction(programClaims, (tx) =>
      undoImport(tx, allDefinitions, target(importId), change),
    );
    expect(result).toMatchObject({ withdrawn: 1, reverted: 1, leftCount: 1, left: [{ code: "U-2" }] });
    const [before] = await accidents(context.db, ["U-0"]);
    expect(before?.values).toEqual({ code: "U-0", killed: 1, state: "approved" });
    expect(await accidents(context.db, ["U-1"])).toEqual([]);
    await expect(
      context.db.transaction(programClaims, (tx) => undoImport(tx, allDefinitions, target(importId), change)),
    ).rejects.toMatchObject({ code: "imports.not-undoable" });

    const again = await runImport(context.db, [file], { profile });
    expect(again).toMatchObject({ read: 3, restored: 1, updated: 1, unchanged: 1 });
    const [restored] = await accidents(context.db, ["U-1"]);
    const history = await context.db.transaction(programClaims, (tx) =>
      findRevisions(tx, "KHM", restored?.id as string),
    );
    expect(history.map(({ action }) => action)).toEqual(["restored", "withdrawn", "imported"]);

    await context.db.transaction(programClaims, (tx) => undoImport(tx, allDefinitions, target(again.importId), change));
    expect(await accidents(context.db, ["U-1"])).toEqual([]);
  });

  it("goes on where an import was interrupted, with the same outcome as without interruption", async () => {
    const profile = aProfile({ id: "resumed" });
    const rows = Array.from({ length: 2500 }, (_, i) => `S-${i},2024-01-01,${i % 50 === 0 ? "x" : i % 3}`);
    const file = aFile(`code,date,killed\n${rows.join("\n")}\n`);
    const controller = new AbortController();
    const stopped = await runImport(context.db, [file], {
      profile,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(stopped.status).toBe("cancelled");
    expect(stopped.read).toBeGreaterThan(0);
    expect(stopped.read).toBeLessThan(2500);
    await expect(
      runImport(context.db, [aFile("code\n1\n")], { profile, resume: stopped.importId }),
    ).rejects.toMatchObject({
      code: "imports.other-files",
    });
    const resumed = await runImport(context.db, [file], { profile, resume: stopped.importId });
    expect(resumed).toMatchObject({ status: "done", read: 2500, stored: 2450, refused: 50, unchanged: 0 });
    const counts = await context.db.transaction(programClaims, (tx) => countFindings(tx, "KHM", resumed.importId));
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(50);
  });

  it("does the same in a dry run and stores nothing", async () => {
    const profile = aProfile({ id: "dry" });
    const file = aFile("code,date,killed\nD-1,2024-01-01,1\nD-2,bad,1\n");
    const dry = await runImport(context.db, [file], { profile, dryRun: true, keep: true });
    expect(dry).toMatchObject({ dryRun: true, read: 2, stored: 1, refused: 1 });
    expect(await accidents(context.db, ["D-1"])).toEqual([]);
    const entry = await context.db.transaction(programClaims, (tx) => findImport(tx, "KHM", dry.importId));
    expect(entry).toMatchObject({ dryRun: true, status: "done", counts: { read: 2 } });
    const wet = await runImport(context.db, [file], { profile });
    const { importId: _a, dryRun: _b, seconds: _c, rowsPerSecond: _d, ...counts } = wet;
    expect(dry).toMatchObject(counts);
  });

  it("keeps a row whose place cannot be true without geometry, and puts it right when the suggestion is applied", async () => {
    await context.db.transaction(programClaims, loadCountries);
    const profile = aProfile({
      id: "places",
      columns: [{ field: "code", column: "code" }],
      position: { kind: "columns", first: "lat", second: "lon", datum: "wgs-84" },
    });
    const file = aFile("code,lat,lon\nP-1,12.5,103.5\nP-2,103.5,12.5\nP-3,-12.5,103.5\nP-4,48.8,2.3\nP-5,0,0\n");
    const result = await runImport(context.db, [file], { profile });
    expect(result).toMatchObject({ stored: 5, refused: 0, withoutPosition: 3 });
    expect(result.byCheck).toMatchObject({
      "place.sign-lost": 1,
      "place.outside-region": 1,
      "place.default-point": 1,
      "axes-read-reversed": 1,
    });
    const stored = Object.fromEntries(
      (await accidents(context.db, ["P-1", "P-3"])).map((each) => [each.values.code, each.values]),
    );
    expect(stored["P-1"]?.geometry).toEqual({ type: "Point", coordinates: [103.5, 12.5] });
    expect(stored["P-3"]).toMatchObject({
      coordinatesAsTyped: "-12.5; 103.5",
      datum: "wgs-84",
      datumOperation: "santi:wgs-84",
    });
    expect(stored["P-3"]?.geometry).toBeUndefined();

    const target = { country: "KHM", importId: result.importId };
    const applied = await context.db.transaction(programClaims, (tx) =>
      applyFindings(
        tx,
        allDefinitions,
        target,
        { check: "place.sign-lost" },
        { ...change, reason: "the minus is wrong" },
      ),
    );
    expect(applied).toEqual({ applied: 1, left: 0 });
    const [mended] = await accidents(context.db, ["P-3"]);
    expect(mended).toMatchObject({
      revision: 2,
      values: { geometry: { coordinates: [103.5, 12.5] }, coordinatesAsTyped: "-12.5; 103.5" },
    });
    expect(await runImport(context.db, [file], { profile })).toMatchObject({ unchanged: 5 });

    const dismissed = await context.db.transaction(programClaims, (tx) =>
      dismissFindings(tx, target, { check: "place.default-point" }, change),
    );
    expect(dismissed).toBe(1);
    const open = await context.db.transaction(programClaims, (tx) =>
      findFindings(tx, "KHM", result.importId, { state: "open", severity: "error" }, { limit: 50 }),
    );
    expect(open.map(({ row }) => row)).toEqual([5]);
    expect(open[0]?.fields).toMatchObject({ code: "P-4" });
  });

  it("counts every row as stored, unchanged or refused, whatever the rows are", async () => {
    const cell = fc.constantFrom("", "1", "2", "x", "១", "-1", "1.5");
    const row = fc.tuple(
      fc.constantFrom("A", "B", "C", "D", ""),
      fc.constantFrom("2024", "2567", "1/2/2024", "no", ""),
      cell,
    );
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), fc.boolean(), async (rows, keyed) => {
        const columns = [
          { field: "code", column: "code" },
          { field: "occurredOn", column: "date" },
          { field: "killed", column: "killed" },
        ];
        const profile = aProfile({
          id: `p-${++n}`,
          columns: keyed ? columns : columns.slice(1),
          recordType: "accidents.accident",
        });
        const text = rows
          .map(([code, date, killed]) => `${code === "" ? "" : `N${n}-${code}`},${date},${killed},!`)
          .join("\n");
        const files = [aFile(`code,date,killed,end\n${text}\n`), aFile(`code,date,killed,end\n${text}\n`)];
        const first = await runImport(context.db, files, { profile });
        expect(first.read).toBe(rows.length * 2);
        expect(first.stored + first.unchanged + first.refused).toBe(first.read);
        expect(first.created + first.updated + first.restored).toBe(first.stored);
        const second = await runImport(context.db, files, { profile });
        expect(second).toMatchObject({ read: first.read, stored: 0, refused: first.refused });
      }),
      { numRuns: 8 },
    );
  });
});
