import { describe, expect } from "vitest";
import { barriers, frameFaults, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled, type Visitor } from "./support/visitor.ts";

/** What a page lacks, in the reader's language. */
async function faults({ page, language }: Visitor): Promise<string[]> {
  return [...(await barriers(page)), ...(await frameFaults(page)), ...(await untranslated(page, language))];
}

/** Takes a step with the report: the button, and the same word in the dialog that asks again. */
async function step({ page, words }: Visitor, name: string): Promise<void> {
  const label = words(`accidents.act.${name}`);
  await page.getByRole("button", { name: label, exact: true }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: label, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

describe("The report of an accident", () => {
  const journey = setStage();

  journey("goes from draft to approved with its casualties, who then count", 180_000, async (stage) => {
    const clerk = await stage.visit({ role: "data-entry", language: "km", width: 360 });
    const { page, words } = clerk;

    // A draft, with somebody who was hurt.
    await clerk.open("/accidents/new?country=KHM");
    const today = new Date().toISOString().slice(0, 10);
    await page.getByLabel(words("field.accidents.accident.occurredOn"), { exact: false }).first().fill(today);
    await page.getByRole("button", { name: words("ui.create.send"), exact: true }).click();
    await page.waitForURL(/\/accidents\/KHM\/[0-9a-f-]{36}$/);
    await settled(page);
    const path = new URL(page.url()).pathname;
    await page.getByRole("button", { name: words("accidents.casualties.add"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .getByLabel(words("field.accidents.casualty.outcome"), { exact: false })
      .first()
      .selectOption("injured");
    await dialog.getByRole("button").last().click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText(words("code.casualty-outcome.injured"), { exact: true }).first().waitFor();
    expect(await faults(clerk)).toEqual([]);
    await step(clerk, "submit");
    await page.getByText(words("code.accident-state.submitted"), { exact: true }).first().waitFor();

    // Three pairs of hands.
    const checker = await stage.visit({ role: "quality-officer", language: "en", theme: "dark" });
    await checker.open(path);
    await step(checker, "verify");
    const manager = await stage.visit({ role: "information-manager", language: "km", width: 1280 });
    await manager.open(path);
    await step(manager, "approve");
    await manager.page.getByText(manager.words("code.accident-state.approved"), { exact: true }).first().waitFor();
    expect(await faults(manager)).toEqual([]);

    // The figures hold the person, and records may leave only when nobody can be recognised.
    await manager.open(`/accidents/statistics?country=KHM&from=${today.slice(0, 4)}&to=${today.slice(0, 4)}`);
    await manager.page.getByText(manager.words("code.casualty-outcome.injured"), { exact: true }).first().waitFor();
    await manager.open("/accidents/anonymous?country=KHM");
    await manager.page.getByRole("heading", { name: manager.words("accidents.anonymous.outcome") }).waitFor();
    expect(await faults(manager)).toEqual([]);
    await manager.open(`/accidents/anonymous?country=KHM&from=${today.slice(0, 4)}&to=${today.slice(0, 4)}`);
    await manager.page.getByText(manager.words("accidents.anonymous.must-stay"), { exact: true }).waitFor();
  });
});
