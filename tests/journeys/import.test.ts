import { readFileSync } from "node:fs";
import type { Locator } from "playwright-core";
import { describe, expect } from "vitest";
import { setStage } from "./support/stage.ts";
import { settled } from "./support/visitor.ts";

/** How long a small job may take on a busy machine. */
const jobMs = 40_000;

const kind = "accidents.accident";

/** A file as it comes from a provincial office: Khmer headings and digits, Buddhist years, and what goes wrong there. */
const rows = [
  ["លេខកូដ", "កាលបរិច្ឆេទ", "គ្រឿងផ្ទុះ", "ស្លាប់", "រងរបួស", "រយៈទទឹង", "រយៈបណ្ដោយ"],
  ["JRN-001", "១២/០៥/២៥៦៦", "ap-mine", "១", "២", "១៣.១០២៧", "១០៣.១៩៨២"],
  ["JRN-002", "04/03/2022", "ap-mine", "0", "1", "103.2511", "13.2042"],
  ["JRN-003", "17/08/2021", "submunition", "0", "3", "-12.9044", "103.4012"],
  ["JRN-004", "21/11/2020", "ap-mien", "1", "0", "13.3055", "103.5071"],
  ["JRN-005", "02/02/2019", "submunition", "0", "1", "13.4101", "103.6123"],
  ["JRN-005", "02/02/2019", "submunition", "0", "1", "13.4101", "103.6123"],
];
const file = {
  name: "ឧបទ្ទវហេតុ-២៥៦៦.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(`${rows.map((cells) => cells.join(",")).join("\r\n")}\r\n`, "utf8"),
};

interface Accident {
  id: string;
  code: string;
  occurredOn: string | null;
  device: string | null;
  killed: number | null;
  injured: number | null;
  geometry: { coordinates: [number, number] } | null;
}

/** The figure beside a label in a list of terms. */
const figure = (within: Locator, label: string) =>
  within
    .locator("dl > div")
    .filter({ has: within.page().locator("dt").getByText(label, { exact: true }) })
    .locator("dd strong");

describe("An information manager imports a table of a provincial office", () => {
  const journey = setStage();

  journey("maps it, checks it, stores it, mends it, repeats it and takes it back", 180_000, async (stage) => {
    const visitor = await stage.visit({ role: "information-manager", language: "km" });
    const { page, words } = visitor;
    // Before its job begins, a batch is not there yet.
    visitor.expectTrouble(/status of 404.*\/api\/imports\//);
    const main = page.getByRole("main");
    const button = (name: string) => main.getByRole("button", { name, exact: true });
    const stored = async () => {
      const answer = await visitor.context.request.get(
        `${stage.program.address}/api/accidents?country=KHM&q=JRN-&limit=50&sort=code`,
      );
      return ((await answer.json()) as { items: Accident[] }).items;
    };

    /** From the choice of the file to the end of the check. */
    const prepare = async () => {
      await visitor.open("/imports?country=KHM");
      await main
        .getByRole("link", { name: words("imports.new"), exact: true })
        .first()
        .click();
      await page.getByRole("heading", { level: 1, name: words("imports.new"), exact: true }).waitFor();
      await main.locator('input[type="file"]').setInputFiles(file);
      await main
        .getByRole("list", { name: words("imports.files") })
        .getByText(file.name, { exact: true })
        .waitFor();
      await button(words("imports.next")).click();
      await main.getByRole("heading", { level: 2, name: words("imports.page.step.reading"), exact: true }).waitFor();
      await main.getByRole("cell", { name: "JRN-001", exact: true }).or(main.getByText("JRN-001")).first().waitFor();
      await button(words("imports.next")).click();
      await main.getByLabel(words("imports.record-type")).selectOption(kind);
      const column = (name: string) =>
        main.getByLabel(words("imports.page.field-of", { column: name }), { exact: true });
      await column("លេខកូដ").waitFor();
      expect(await column("លេខកូដ").inputValue()).toBe("code");
      expect(await column("កាលបរិច្ឆេទ").inputValue()).toBe("occurredOn");
      expect(await column("ស្លាប់").inputValue()).toBe("killed");
      const choose = (label: string, value: string) => main.getByLabel(words(label)).first().selectOption(value);
      await choose("imports.position.kind", "two");
      await choose("imports.position.first", "រយៈទទឹង");
      await choose("imports.position.second", "រយៈបណ្ដោយ");
      await main.getByLabel(words("imports.position.datum"), { exact: false }).first().selectOption("wgs-84");
      await main.getByRole("radio", { name: words("imports.date-order.dmy"), exact: true }).check();
      await button(words("imports.next")).click();
      await button(words("imports.check.start")).click();
      await figure(main, words("imports.count.read")).waitFor({ timeout: jobMs });
    };

    // Checked before anything is stored.
    await prepare();
    expect(await figure(main, words("imports.count.read")).textContent()).toBe("6");
    expect(await stored()).toEqual([]);
    const findings = main.getByRole("region", { name: words("imports.findings"), exact: true });
    await findings.waitFor();

    // Stored, with its progress and what was found.
    await button(words("imports.next")).click();
    await button(words("imports.run.start")).click();
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
    const batch = new URL(page.url()).pathname;
    await page.getByText(words("imports.status.done"), { exact: true }).first().waitFor({ timeout: jobMs });
    await settled(page);
    const before = await stored();
    expect(before.map(({ code }) => code)).toEqual(["JRN-001", "JRN-002", "JRN-003", "JRN-004", "JRN-005"]);
    expect(before[0]).toMatchObject({ occurredOn: "2023-05-12", killed: 1, injured: 2, device: "ap-mine" });
    expect(before[1]?.geometry?.coordinates).toEqual([103.2511, 13.2042]);
    expect(before[2]?.geometry ?? null).toBeNull();
    expect(before[3]?.device ?? null).toBeNull();
    for (const check of [
      "date.buddhist-year",
      "axes-read-reversed",
      "place.sign-lost",
      "unknown-code",
      "identical-row",
    ])
      await main
        .getByLabel(words("imports.findings.check"), { exact: true })
        .locator(`option[value="${check}"]`)
        .waitFor({ state: "attached" });

    // The file of findings tells the same.
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      main.getByRole("link", { name: words("imports.findings.csv"), exact: true }).click(),
    ]);
    const table = readFileSync(await download.path(), "utf8");
    expect(table).toContain("JRN-002");
    expect(table).toContain(words("imports.findings-file.problem"));

    // What the program suggests is applied, and stands in the history of the record.
    await main.getByLabel(words("imports.findings.check"), { exact: true }).selectOption("place.sign-lost");
    await button(words("imports.findings.apply")).click();
    await page.getByText(words("imports.findings.applied", { applied: 1, left: 0 }), { exact: true }).waitFor();
    await expect
      .poll(async () => (await stored()).find(({ code }) => code === "JRN-003")?.geometry?.coordinates)
      .toEqual([103.4012, 12.9044]);

    // The same file again changes nothing.
    await prepare();
    await button(words("imports.next")).click();
    await button(words("imports.run.start")).click();
    await page.waitForURL(
      (url) => url.pathname.startsWith("/imports/") && url.pathname !== batch && !/new$/.test(url.pathname),
    );
    await page.getByText(words("imports.nothing-changed"), { exact: true }).waitFor({ timeout: jobMs });
    expect((await stored()).length).toBe(5);

    // Taken back after a question, with a reason.
    await visitor.open(`${batch}?country=KHM`);
    await button(words("imports.undo")).click();
    const dialog = page.getByRole("dialog", { name: words("imports.undo"), exact: true });
    await dialog.getByText(words("imports.undo.lead"), { exact: true }).waitFor();
    await dialog.getByLabel(words("imports.undo.reason")).fill("ឯកសារខុស");
    await dialog.getByRole("button", { name: words("imports.undo"), exact: true }).click();
    await page.getByText(words("imports.status.undone"), { exact: true }).first().waitFor();
    // The one that was mended since stays; the others are gone.
    await expect.poll(async () => (await stored()).map(({ code }) => code)).toEqual(["JRN-003"]);
  });
});
