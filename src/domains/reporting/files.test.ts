import { mkdirSync, writeFileSync } from "node:fs";
import ExcelJS from "exceljs";
import { beforeAll, expect, it } from "vitest";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { archivalLevel, pdfFacts } from "../../platform/documents/testing.ts";
import type { TestServer } from "../../platform/http/testing.ts";
import { casualtiesOf2025, landOf2025, manager, reportServer } from "./testing.ts";

describeEachDatabase("files of reports", (context) => {
  let server: TestServer;
  beforeAll(async () => {
    server = reportServer(context.db);
    await landOf2025(context.db);
    await casualtiesOf2025(context.db);
  }, 60_000);

  const query = "definition=apmbc-article-7&country=KHM&from=2025-01-01&to=2025-12-31&in=ha";

  it("leave as CSV with tags, every figure on a line with its rule and records", async () => {
    const text = await (
      await server.send("GET", `/api/reports/file?${query}&format=csv&language=km`, { as: manager })
    ).text();
    const lines = text
      .replace(/^\ufeff/, "")
      .trim()
      .split("\r\n");
    expect(lines[1]).toMatch(/^#meta\+block,#group\+type,/);
    const cleared = lines.find((line) => line.startsWith("progress,province,KH01") && line.includes("land.cleared"));
    expect(cleared).toContain("បាត់ដំបង");
    expect(cleared).toContain("#indicator+area+cleared");
    expect(cleared).toMatch(/,1\.23,ha,/);
    expect(cleared).toContain("/reports/records?");
  });

  it("leave as a workbook in which totals that are sums are formulas", async () => {
    const response = await server.send("GET", `/api/reports/file?${query}&format=xlsx`, { as: manager });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await response.arrayBuffer());
    const sheet = workbook.worksheets.find(({ name }) => name.startsWith("Areas known or suspected"));
    const last = sheet?.lastRow;
    const remaining = last?.getCell(7).value as { formula: string; result: number };
    expect(remaining.formula).toBe("SUM(G4:G5)");
    const rows = [4, 5].map((n) => sheet?.getRow(n).getCell(7).value as number);
    expect(remaining.result).toBeCloseTo((rows[0] ?? 0) + (rows[1] ?? 0), 2);
    const from = workbook.worksheets.at(-1);
    const said = from?.getColumn(2).values.map(String).join("\n") ?? "";
    expect(said).toMatch(/apmbc-article-7 [0-9a-f]{64}/);
  });

  it.each(["km", "lo", "th", "my", "vi", "en"] as const)(
    "leave as PDF/A in %s, the same bytes each time",
    async (language) => {
      const ask = async () =>
        new Uint8Array(
          await (
            await server.send("GET", `/api/reports/file?${query}&format=pdf&language=${language}`, { as: manager })
          ).arrayBuffer(),
        );
      const pdf = await ask();
      const facts = pdfFacts(pdf);
      expect([facts.archival, facts.missingFonts, facts.active]).toEqual([archivalLevel, 0, []]);
      expect(facts.pages).toBeGreaterThan(1);
      if (language === "km") expect(Buffer.from(await ask()).equals(Buffer.from(pdf))).toBe(true);
      if (process.env.SANTI_KEEP_PDF) {
        mkdirSync(process.env.SANTI_KEEP_PDF, { recursive: true });
        writeFileSync(`${process.env.SANTI_KEEP_PDF}/article7-${language}.pdf`, pdf);
      }
    },
  );
});
