import { sql } from "kysely";
import { expect, it } from "vitest";
import { translatorOf } from "../../apps/server/labels.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { documentOf } from "./outputs/document.ts";
import { writingOf } from "./outputs/writing.ts";
import { manager, reportOf, reportServer } from "./testing.ts";

describeEachDatabase("whom readers of a fact sheet may ask", (context) => {
  const server = () => reportServer(context.db);
  const query = "definition=fact-sheet&country=KHM&from=2025-01-01&to=2025-12-31";
  const say = (name: string, country: string, texts: Record<string, string>) =>
    sql`insert into setting (country, name, value) values (${country}, ${name}, ${JSON.stringify(texts)}::jsonb)`.execute(
      context.db.owner,
    );
  const run = async () => {
    const result = await reportOf(server(), query);
    const block = result.blocks.find(({ kind }) => kind === "contact");
    return { warnings: result.warnings, contact: block?.kind === "contact" ? block.contact : undefined };
  };
  /** Everything that stands on paper, in Khmer beside English. */
  const paper = async () => {
    const result = await reportOf(server(), query);
    const writing = {
      own: writingOf(result, translatorOf("km"), {}),
      english: writingOf(result, translatorOf("en"), {}),
    };
    const { blocks } = documentOf(result, writing, { issuer: "Issuer", number: "1", banner: null });
    return JSON.stringify(blocks);
  };

  it("is a finding where nobody is named, and never an empty line", async () => {
    expect(await run()).toEqual({ warnings: ["contact-missing"], contact: null });
    const missing = translatorOf("en").t("reporting.contact.missing");
    // Among what the reader must know at the top, and where the contact would stand.
    expect((await paper()).split(missing)).toHaveLength(3);
  }, 60_000);

  it("is who runs the node, else whom the country names; on screen, on paper, in JSON", async () => {
    await say("node.contact", "", { en: "Duty officer, room 4" });
    expect(await run()).toEqual({ warnings: [], contact: { texts: { en: "Duty officer, room 4" }, of: "node" } });
    await say("reporting.contact", "KHM", { en: "Press office, +855 23 000 000", km: "ការិយាល័យសារព័ត៌មាន" });
    const { contact } = await run();
    expect(contact).toMatchObject({ of: "country", texts: { en: "Press office, +855 23 000 000" } });
    const printed = await paper();
    expect(printed).toContain(
      '{"kind":"paragraph","words":{"own":"ការិយាល័យសារព័ត៌មាន","english":"Press office, +855 23 000 000"}}',
    );
    expect(printed).not.toContain("room 4");
    const json = await server().get(`/api/reports/file?${query}&format=json`, manager);
    expect(JSON.stringify(json.body)).toContain("Press office, +855 23 000 000");
  }, 60_000);
});
