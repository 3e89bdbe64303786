import { describe, expect } from "vitest";
import { barriers, frameFaults, picture, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled, type Visitor } from "./support/visitor.ts";

interface Team {
  code: string;
  organisation: string;
  /** Code of its organisation. */
  owner: string;
}

const today = new Date().toISOString().slice(0, 10);

/** A team of the country, and whose it is. */
async function aTeam({ page }: Visitor): Promise<Team> {
  const ask = async (path: string) => (await page.context().request.get(new URL(path, page.url()).href)).json();
  const { items } = (await ask("/api/tasking/teams?country=KHM&limit=20")) as { items: Omit<Team, "owner">[] };
  const [team] = items;
  if (!team) throw new Error("The sample has no team");
  const { record } = (await ask(`/api/organisations/KHM/${team.organisation}`)) as { record: { code: string } };
  return { ...team, owner: record.code };
}

/** The field that a label names; sections may be called alike. */
const fieldOf = ({ page, words }: Visitor, key: string) =>
  page.getByLabel(words(key), { exact: false }).and(page.locator("input, select, textarea")).first();

/** Moves the task whose page stands open, with the reason that every step asks for. */
async function move({ page, words }: Visitor, status: string, reason: string): Promise<void> {
  const name = words(`code.task-status.${status}`);
  await page
    .getByRole("main")
    .getByRole("button", { name: words("tasking.move"), exact: true })
    .click();
  await page.getByRole("main").getByRole("button", { name, exact: true }).click();
  const dialog = page.getByRole("dialog");
  // Without a reason nothing moves.
  await dialog.getByRole("button", { name: words("tasking.move.send"), exact: true }).click();
  await dialog.getByText(words("problem.field.too-small"), { exact: false }).waitFor();
  await dialog.getByLabel(words("tasking.reason"), { exact: false }).fill(reason);
  await dialog.getByRole("button", { name: words("tasking.move.send"), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("main").getByText(name, { exact: true }).first().waitFor();
}

/** What a page lacks, in the reader's language. */
async function faults({ page, language }: Visitor): Promise<string[]> {
  return [...(await barriers(page)), ...(await frameFaults(page)), ...(await untranslated(page, language))];
}

describe("A task order", () => {
  const journey = setStage();

  journey("is made, worked on, inspected and completed", 120_000, async ({ visit }) => {
    const manager = await visit({ role: "information-manager", language: "en" });
    const operator = await visit({ role: "operator", language: "km", width: 360 });
    const inspector = await visit({ role: "quality-officer", language: "en", theme: "dark" });

    // The order: what is needed says so, and nothing is stored without it.
    await manager.open("/tasking/tasks/new?country=KHM");
    const team = await aTeam(manager);
    const { page, words } = manager;
    const field = (name: string) => fieldOf(manager, `field.tasking.task.${name}`);
    await field("title").fill("Path to the school");
    await page.getByRole("button", { name: words("ui.create.send"), exact: true }).click();
    await page.getByText(words("problem.field.required"), { exact: true }).first().waitFor();
    await field("kind").selectOption("clearance");
    await field("plannedSquareMetres").fill("1000");
    const whose = fieldOf(manager, "field.organisation");
    for (const [picker, code] of [
      [whose, team.owner],
      [field("team"), team.code],
    ] as const) {
      await picker.fill(code);
      await page.getByRole("option", { name: code, exact: false }).first().click();
    }
    await page.getByRole("button", { name: words("ui.create.send"), exact: true }).click();
    await page.waitForURL(/\/tasking\/task\/KHM\/[0-9a-f-]{36}$/);
    await settled(page);
    const path = new URL(page.url()).pathname;
    const id = path.split("/").at(-1) ?? "";
    await page.getByText(words("tasking.sheet.no-progress"), { exact: true }).waitFor();
    await move(manager, "issued", "The season begins");
    await move(manager, "in-progress", "The team is on site");
    expect(await faults(manager)).toEqual([]);

    // A day of work, on a phone in Khmer.
    await operator.open(path);
    const phone = operator.page;
    expect(await phone.getByRole("button", { name: operator.words("tasking.move"), exact: true }).count()).toBe(0);
    await phone.getByRole("link", { name: operator.words("tasking.new-progress"), exact: true }).click();
    const own = (name: string) => fieldOf(operator, `field.tasking.progress.${name}`);
    await own("day").fill(today);
    await own("team").fill(team.code);
    await phone.getByRole("option", { name: team.code, exact: false }).first().click();
    await own("method").selectOption("manual");
    await own("processedSquareMetres").fill("250");
    await own("deminers").fill("10");
    await phone.getByRole("button", { name: operator.words("ui.create.send"), exact: true }).click();
    await phone.waitForURL((url) => url.pathname === path);
    await phone.getByText("25%", { exact: true }).waitFor();
    expect(await faults(operator)).toEqual([]);
    await picture(phone, "km-360 task sheet");

    // An inspection finds something wrong with it.
    await inspector.open(path);
    const seen = inspector.page;
    await seen.getByRole("link", { name: inspector.words("tasking.sheet.new-visit"), exact: true }).click();
    const asked = (name: string) => fieldOf(inspector, `field.quality.visit.${name}`);
    await asked("visitedOn").fill(today);
    await asked("kind").selectOption("qa-external");
    // Whom it inspects is known from the task.
    await expect.poll(() => asked("organisation").inputValue()).not.toBe("");
    await asked("result").selectOption("accepted-with-conditions");
    await asked("conditions").fill("Marking goes up before work goes on.");
    await seen.getByRole("button", { name: inspector.words("quality.findings.add"), exact: true }).click();
    await seen.getByLabel(inspector.words("quality.severity"), { exact: true }).selectOption("major");
    await seen.getByLabel(inspector.words("quality.type"), { exact: true }).selectOption("marking");
    await seen
      .getByLabel(inspector.words("quality.description"), { exact: false })
      .fill("Two sides of the lane are not marked.");
    expect(await faults(inspector)).toEqual([]);
    await picture(seen, "en-1280-dark new visit");
    await seen.getByRole("button", { name: inspector.words("quality.visit.send"), exact: true }).click();
    await seen.waitForURL(/\/quality\/visit\/KHM\//);
    await seen.getByText("Two sides of the lane are not marked.", { exact: false }).waitFor();
    expect(await faults(inspector)).toEqual([]);

    // Who was inspected corrects it; whoever inspected verifies it.
    await operator.open(`/quality/nonconformities?task=${id}`);
    const wrong = phone.getByRole("main").getByRole("listitem").filter({ hasText: "Two sides" });
    await wrong.getByRole("button", { name: operator.words("quality.step.corrected"), exact: false }).click();
    const answer = phone.getByRole("dialog");
    await answer
      .getByLabel(operator.words("quality.reason.corrected"), { exact: false })
      .fill("Marked and photographed.");
    await answer.getByRole("button", { name: operator.words("ui.create.send"), exact: true }).click();
    await answer.waitFor({ state: "detached" });
    await wrong.getByText(operator.words("code.nonconformity-state.corrected"), { exact: true }).waitFor();
    expect(await faults(operator)).toEqual([]);
    await inspector.open(`/quality/nonconformities?task=${id}`);
    await seen.getByRole("button", { name: inspector.words("quality.step.closed"), exact: false }).click();
    const closing = seen.getByRole("dialog");
    await closing.getByLabel(inspector.words("quality.reason.closed"), { exact: false }).fill("Seen on the ground.");
    await closing.getByRole("button", { name: inspector.words("ui.create.send"), exact: true }).click();
    await seen
      .getByRole("main")
      .getByText(inspector.words("code.nonconformity-state.closed"), { exact: true })
      .first()
      .waitFor();

    // The task is completed, and stands so on the board.
    await manager.open(path);
    await move(manager, "completed", "All of it is processed");
    await manager.open("/tasking/board?country=KHM");
    const column = page.getByRole("region", { name: new RegExp(words("code.task-status.completed")) });
    await column.getByText("Path to the school", { exact: true }).waitFor();
    expect(await faults(manager)).toEqual([]);
    await picture(page, "en-1280 task board");
  });
});
