import { describe, expect } from "vitest";
import { barriers, frameFaults, picture, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled, type Visitor } from "./support/visitor.ts";

/** What a page lacks, in the reader's language. */
async function faults({ page, language }: Visitor): Promise<string[]> {
  return [...(await barriers(page)), ...(await frameFaults(page)), ...(await untranslated(page, language))];
}

/** A figure of the explorer as a number. */
async function figure({ page }: Visitor, name: string): Promise<number> {
  const text = (await page.locator(`[data-figure="${name}"]`).textContent()) ?? "";
  return Number(text.replace("−", "-").replace(/[^\d-]/g, ""));
}

/** Waits until the explorer has answered and no answer is under way. */
async function answered({ page }: Visitor): Promise<void> {
  await page.locator('[aria-busy="false"] [data-figure="outside"]').waitFor({ timeout: 90_000 });
}

describe("Access to care", () => {
  const journey = setStage();

  journey(
    "is explored: a slider, contamination, a service that might be, two scenarios",
    180_000,
    async ({ visit }) => {
      const officer = await visit({ role: "victim-assistance-officer", language: "en" });
      const { page, words } = officer;
      await officer.open("/access?country=KHM");
      await answered(officer);
      const farAway = await figure(officer, "outside");
      expect(farAway).toBeGreaterThan(0);

      // A longer way is allowed: fewer are outside, at once and without asking anybody.
      const slider = page.getByRole("slider");
      await slider.focus();
      for (let step = 0; step < 12; step++) await page.keyboard.press("ArrowRight");
      await expect.poll(() => figure(officer, "outside")).toBeLessThan(farAway);
      expect(page.url()).toContain("minutes=180");
      const before = await figure(officer, "outside");

      // The best place for one more is proposed, and putting it there helps as many as was said.
      await page.getByRole("button", { name: words("access-to-care.explorer.keep"), exact: true }).click();
      await page.getByRole("button", { name: words("access-to-care.explorer.suggest"), exact: true }).click();
      const put = page.getByRole("button", {
        name: words("access-to-care.explorer.put-here", { number: 1 }),
        exact: true,
      });
      await put.click({ timeout: 90_000 });
      await page
        .getByText(words("access-to-care.explorer.proposal", { number: 1 }), { exact: false })
        .first()
        .waitFor();
      await expect.poll(() => figure(officer, "outside"), { timeout: 30_000 }).toBeLessThan(before);
      expect(await figure(officer, "difference")).toBeLessThan(0);
      // Both scenarios stand side by side.
      await page.getByRole("region", { name: words("access-to-care.explorer.map-kept"), exact: true }).waitFor();
      expect(await faults(officer)).toEqual([]);
      await picture(page, "access explorer en");

      // A second one by the keyboard: the map's middle, with Enter.
      await page.getByRole("button", { name: words("access-to-care.explorer.forget"), exact: true }).click();
      await page.getByRole("button", { name: words("access-to-care.explorer.drop"), exact: true }).click();
      const map = page.getByRole("region", { name: words("access-to-care.explorer.map"), exact: true });
      await map.focus();
      await page.keyboard.press("Enter");
      await page
        .getByText(words("access-to-care.explorer.proposal", { number: 2 }), { exact: false })
        .first()
        .waitFor();
      await page
        .getByRole("button", { name: words("access-to-care.explorer.remove-number", { number: 2 }), exact: true })
        .click();
      await answered(officer);
    },
  );

  journey("is run as an analysis on a phone in Khmer, with the report behind it", 240_000, async ({ visit }) => {
    const officer = await visit({ role: "victim-assistance-officer", language: "km", width: 360 });
    const { page, words } = officer;
    await officer.open("/access?country=KHM");
    await answered(officer);
    expect(await faults(officer)).toEqual([]);
    await picture(page, "access explorer km phone");
    await officer.open("/access/analyses?country=KHM");
    expect(await faults(officer)).toEqual([]);
    await page.getByRole("link", { name: "KHM-AC-001", exact: true }).click();
    await page.getByRole("button", { name: words("access-to-care.analyses.run"), exact: true }).click();
    await page
      .getByRole("link", { name: words("access-to-care.results.report"), exact: true })
      .waitFor({ timeout: 200_000 });
    await settled(page);
    expect(await faults(officer)).toEqual([]);
    await picture(page, "access analysis km phone");
    const report = await page
      .getByRole("link", { name: words("access-to-care.results.report"), exact: true })
      .getAttribute("href");
    const pdf = await page.context().request.get(new URL(report ?? "", page.url()).href);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
    await officer.open("/access/ground");
    expect(await faults(officer)).toEqual([]);
  });
});
