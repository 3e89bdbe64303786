import { describe, expect } from "vitest";
import { barriers, frameFaults, picture, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled, type Visitor } from "./support/visitor.ts";

const today = new Date().toISOString().slice(0, 10);
const inTwoMonths = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

/** What a page lacks, in the reader's language. */
async function faults({ page, language }: Visitor): Promise<string[]> {
  return [...(await barriers(page)), ...(await frameFaults(page)), ...(await untranslated(page, language))];
}

/** A field of the dialog that stands open, or of the page, by the key of its label; what is needed says so after it. */
const fieldOf = ({ page, words }: Visitor, key: string, within: "dialog" | "main" = "dialog") =>
  page
    .getByRole(within)
    .getByLabel(new RegExp(`^${words(key)}`))
    .and(page.locator("input, select, textarea"))
    .first();

const button = ({ page, words }: Visitor, key: string) =>
  page
    .getByRole("main")
    .getByRole("button", { name: words(key), exact: true })
    .first();

/** Goes to a part of the study and opens the form of something new. */
async function add(visitor: Visitor, part: string): Promise<void> {
  const { page, words } = visitor;
  const tab = page.getByRole("tab", { name: words(`records.studies.${part}`), exact: false });
  await tab.first().click();
  await button(visitor, `studies.add.${part}`).click();
  await page.getByRole("dialog").waitFor();
}

/** Sends the dialog that stands open. */
async function send({ page, words }: Visitor, key = "ui.create.send"): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: words(key), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

describe("A study", () => {
  const journey = setStage();

  journey("goes from a finding to an agreed wording, an action that is done, and the board", 180_000, async (stage) => {
    const analyst = await stage.visit({ role: "regional-analyst", language: "en" });
    const manager = await stage.visit({ role: "information-manager", language: "km", width: 360 });
    const { page, words } = analyst;

    // The study is asked for.
    await analyst.open("/studies?country=KHM");
    expect(await faults(analyst)).toEqual([]);
    await page
      .getByRole("main")
      .getByRole("link", { name: words("studies.new"), exact: true })
      .first()
      .click();
    await page.getByRole("main").getByLabel("English", { exact: false }).first().fill("Reach of counselling");
    await fieldOf(analyst, "field.studies.study.question", "main").fill("Who has nobody to talk to, and why?");
    await page.getByRole("button", { name: words("ui.create.send"), exact: true }).click();
    await page.waitForURL(/\/studies\/KHM\/[0-9a-f-]{36}$/);
    await settled(page);
    const path = new URL(page.url()).pathname;

    // Evidence: what does not add up is told beside the field, and a reload loses nothing.
    await add(analyst, "evidence");
    const evidence = (name: string) => fieldOf(analyst, `field.studies.evidence.${name}`);
    await evidence("kind").selectOption("interviews");
    await evidence("title").fill("Interviews in two villages");
    await evidence("participants").fill("20");
    await evidence("women").fill("12");
    await evidence("men").fill("9");
    analyst.expectTrouble(/422/);
    await page
      .getByRole("dialog")
      .getByRole("button", { name: words("ui.create.send"), exact: true })
      .click();
    await page
      .getByText(words("check.people-do-not-add-up", { sum: 21, total: 20 }), { exact: true })
      .first()
      .waitFor();
    await page.reload();
    await settled(page);
    await add(analyst, "evidence");
    await page.getByText(words("ui.draft.restored"), { exact: true }).waitFor();
    await evidence("men").fill("8");
    expect(await faults(analyst)).toEqual([]);
    await send(analyst);

    // A finding that rests on it, and a recommendation that follows from the finding.
    await add(analyst, "finding");
    await fieldOf(analyst, "field.studies.finding.statement").fill(
      "Nobody within a day's travel is trained to listen.",
    );
    await fieldOf(analyst, "field.studies.finding.theme").selectOption("workforce");
    await page.getByRole("dialog").getByLabel("Interviews in two villages", { exact: false }).check();
    await send(analyst);
    await add(analyst, "recommendation");
    await fieldOf(analyst, "field.studies.recommendation.wording").fill("Train one counsellor in each district.");
    await fieldOf(analyst, "field.studies.recommendation.sector").selectOption("health");
    await fieldOf(analyst, "field.studies.recommendation.term").selectOption("short");
    await fieldOf(analyst, "field.studies.recommendation.priority").selectOption("high");
    await page.getByRole("dialog").getByLabel("Nobody within a day", { exact: false }).check();
    await send(analyst);
    await page.getByText("Train one counsellor in each district.", { exact: true }).waitFor();
    expect(await faults(analyst)).toEqual([]);
    await picture(page, "en-1280 study");

    // The workshop: who came, what was said, and other words that are agreed on.
    await add(analyst, "consultation");
    const consultation = (name: string) => fieldOf(analyst, `field.studies.consultation.${name}`);
    await consultation("title").fill("Workshop in the capital");
    await consultation("heldOn").fill(today);
    await consultation("place").fill("Capital");
    await send(analyst);
    await page
      .getByRole("main")
      .getByRole("link", { name: /^Open the page of/ })
      .click();
    await page.waitForURL(/\/workshop\//);
    await settled(page);
    await button(analyst, "studies.workshop.begin").click();
    await page.getByRole("tab", { name: words("studies.workshop.people"), exact: false }).click();
    const cell = (sector: string, column: string) =>
      page.getByLabel(`${words(`code.study-sector.${sector}`)}: ${words(`field.studies.consultation.${column}`)}`);
    await cell("survivors-organisations", "women").fill("5");
    await page.keyboard.press("Enter");
    await page.keyboard.type("7");
    expect(await cell("health", "women").inputValue()).toBe("7");
    await cell("health", "men").fill("4");
    await page.getByText(words("studies.workshop.total", { count: "16" }), { exact: true }).waitFor();
    expect(await faults(analyst)).toEqual([]);
    await picture(page, "en-1280 workshop people");
    await button(analyst, "studies.workshop.people.send").click();
    await page
      .getByRole("tab", { name: words("studies.workshop.people"), exact: false })
      .filter({ hasText: "16" })
      .waitFor();
    await page.getByRole("tab", { name: words("records.studies.recommendation"), exact: false }).click();
    const comment = fieldOf(analyst, "studies.comment", "main");
    await comment.fill("Two for each district.");
    await comment.press("Control+Enter");
    await page.getByRole("listitem").getByText("Two for each district.", { exact: true }).waitFor();
    await expect.poll(() => comment.inputValue()).toBe("");
    await fieldOf(analyst, "studies.agreed-wording", "main").fill("Train two counsellors in each district.");
    expect(await faults(analyst)).toEqual([]);
    await picture(page, "en-1280 workshop");
    await button(analyst, "studies.decide.amended").click();
    await page
      .getByRole("main")
      .getByText(words("code.recommendation-state.amended"), { exact: true })
      .first()
      .waitFor();

    // On a phone, in Khmer: an action that is done and reached a policy.
    await manager.open(path);
    const phone = manager.page;
    await phone.getByText("Train two counsellors in each district.", { exact: true }).first().waitFor();
    await phone
      .getByRole("main")
      .getByRole("button", { name: new RegExp(`^${manager.words("studies.add-action-of", { code: "" }).trim()}`) })
      .click();
    const action = (name: string) => fieldOf(manager, `field.studies.action.${name}`);
    await action("description").fill("First course");
    await action("ownerAsWritten").fill("Provincial health department");
    await action("dueOn").fill(inTwoMonths);
    await picture(phone, "km-360 action");
    expect(await faults(manager)).toEqual([]);
    await send(manager);
    await phone.getByText("First course", { exact: true }).waitFor();
    const line = phone.getByRole("main").getByRole("listitem").filter({ hasText: "First course" }).last();
    await line.getByRole("button", { name: new RegExp(`^${manager.words("studies.change")} `) }).click();
    await action("status").selectOption("done");
    await action("doneOn").fill(today);
    await action("linkedKind").selectOption("programme");
    await action("linkedTitle").fill("Provincial plan for mental health");
    await fieldOf(manager, "ui.correct.reason").fill("The course is over");
    await send(manager);
    await phone
      .getByRole("main")
      .getByText(manager.words("code.recommendation-outcome.in-policy"), { exact: true })
      .first()
      .waitFor();
    expect(await faults(manager)).toEqual([]);
    await picture(phone, "km-360 study");

    // Nobody without an account sees it until it is published; then it stands on the board.
    const reader = await stage.visit({ language: "km" });
    const study = path.split("/").at(-1) ?? "";
    const board = `/recommendations?country=KHM&study=${study}`;
    await reader.open(board);
    await reader.page.getByText(reader.words("studies.board.none-match"), { exact: true }).waitFor();
    await analyst.open(path);
    await button(analyst, "studies.publish").click();
    await fieldOf(analyst, "studies.reason").fill("Agreed by the workshop");
    await send(analyst, "studies.publish");
    await page.getByText(words("studies.happened.published"), { exact: true }).waitFor();
    await reader.open(board);
    const row = reader.page
      .getByRole("main")
      .getByRole("listitem")
      .filter({ hasText: "Train two counsellors" })
      .first();
    await row.getByText(reader.words("code.recommendation-outcome.in-policy"), { exact: true }).waitFor();
    await row.getByText("Provincial plan for mental health", { exact: false }).waitFor();
    expect(await faults(reader)).toEqual([]);
    await reader.open(`${path}?tab=about`);
    await reader.page.getByText("Who has nobody to talk to, and why?", { exact: true }).first().waitFor();
    expect(await faults(reader)).toEqual([]);

    // The whole board: what is late comes first.
    await analyst.open("/recommendations");
    const [first] = await page.getByRole("main").locator("li p").allTextContents();
    expect(first).toContain("Train two staff members");
    expect(await faults(analyst)).toEqual([]);
    await picture(page, "en-1280 recommendations");
    await manager.open("/recommendations");
    expect(await faults(manager)).toEqual([]);
    await picture(phone, "km-360 recommendations");
  });
});
