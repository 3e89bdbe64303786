import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { describeEachDatabase } from "../database/testing.ts";
import { messageHash } from "../i18n/review.ts";
import { createTranslator, type LoadedMessages } from "../i18n/translator.ts";
import type { ReviewEntryOutput } from "./contract-translations.ts";
import { createAdministration } from "./index.ts";
import { readShippedMessages } from "./shipped-messages.ts";
import { type Send, serveAs } from "./testing.ts";

/** A small program with catalogues of its own: what people have reviewed of the real ones must not matter here. */
const folder = mkdtempSync(join(tmpdir(), "santi-catalogues-"));
const write = (path: string, messages: Record<string, unknown>) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(messages));
};
const key = "wells.depth";
const keys = Array.from({ length: 24 }, (_, i) => `wells.word-${String(i).padStart(2, "0")}`);
write("domains/wells/i18n/en.json", {
  [key]: "{count, plural, one {# metre} other {# metres}}",
  ...Object.fromEntries(keys.map((each) => [each, `Word ${each}`])),
});
write("domains/wells/i18n/km.json", {
  [key]: "{count} ម៉ែត្រ",
  [keys[0] as string]: "ពាក្យ",
  [keys[1] as string]: "ពាក្យ {x}",
});
write("platform/pipes/i18n/en.json", { "pipes.title": "Pipes" });
write("platform/pipes/i18n/km.json", { "pipes.title": "បំពង់" });
write("platform/i18n/reviewed.json", { km: { "pipes.title": messageHash("បំពង់"), [key]: messageHash("អ្វីផ្សេង") } });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeEachDatabase("wordings", (context) => {
  const messages = readShippedMessages(folder);
  const shipped = messages.of("km").get(key);
  const senders = () => {
    const jobs = { define: () => {}, enter: async () => "" };
    const serve = serveAs(context.db, [
      createAdministration({ database: context.db, jobs, definitions: [], messages }),
    ]);
    return {
      node: serve("ada", ["administrator", null]),
      khm: serve("kim", ["administrator", "KHM"]),
      nobody: serve(null),
    };
  };
  const save = (send: Send, message: string, expected: string | null = null, state = "reviewed") =>
    send("PUT", `/api/translations/km/messages/${key}`, { message, state, expected });
  const review = async (send: Send, query: string) =>
    (await send("GET", `/api/translations/km/review?${query}`)).body as {
      items: ReviewEntryOutput[];
      total: number;
      skipped: number;
      next: string | null;
      counts: Record<string, number>;
      areas: { area: string; total: number; open: number }[];
    };
  const better = "បានផ្សារ {count, number}";

  it("counts a draft as reviewed only while it is the one that was read, and finds faulty ones", async () => {
    const { node } = senders();
    const { counts, areas, items } = await review(node, "state=faulty");
    expect(counts).toEqual({ missing: 22, draft: 3, reviewed: 1 });
    expect(areas).toEqual([
      { area: "pipes", total: 1, open: 0 },
      { area: "wells", total: 25, open: 25 },
    ]);
    expect(items.map((item) => [item.key, item.fault])).toEqual([[keys[1], "argument-unknown"]]);
  });

  it("lists drafts beside English, narrowed by area, state and words, page by page", async () => {
    const { node } = senders();
    const { items, total, next } = await review(node, "area=wells&limit=10");
    expect(items).toHaveLength(10);
    expect(items.every(({ area, english }) => area === "wells" && english !== "")).toBe(true);
    expect(total).toBe(25);
    const second = await review(node, `area=wells&limit=10&cursor=${next}`);
    expect(second.skipped).toBe(10);
    expect(second.items[0]?.key && next && second.items[0].key > next).toBe(true);
    const words = await review(node, `q=${encodeURIComponent(shipped?.message ?? "")}`);
    expect(words.items.map((item) => item.key)).toContain(key);
    expect((await review(node, "state=own")).total).toBe(0);
  });

  it("serves a better wording to everybody, lists it as reviewed, and exports it for the catalogue files", async () => {
    const { node, nobody } = senders();
    const before = await nobody("GET", "/api/translations/km");
    expect(before.body).toEqual({ language: "km", messages: {} });
    const saved = await save(node, better);
    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({ message: better, shipped: shipped?.message, state: "reviewed", own: true });
    const after = await nobody("GET", "/api/translations/km");
    const served = after.body.messages as LoadedMessages;
    expect(Object.keys(served)).toEqual([key]);
    expect(typeof served[key]).toBe("object");
    expect(createTranslator("km", served).t(key, { count: 1234 })).toBe("បានផ្សារ 1,234");
    expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
    const etag = after.headers.get("etag") as string;
    expect((await nobody("GET", "/api/translations/km", undefined, { "if-none-match": etag })).status).toBe(304);
    expect((await nobody("GET", "/api/translations/lo")).body.messages).toEqual({});
    expect((await review(node, "state=own")).items.map((item) => item.key)).toEqual([key]);
    expect((await node("GET", "/api/translations/km/export")).body).toEqual({
      language: "km",
      files: { "src/domains/wells/i18n/km.json": { [key]: better } },
      reviewed: { [key]: messageHash(better) },
    });
  });

  it("refuses wordings that cannot be filled, and those of people without the right", async () => {
    const { node, khm, nobody } = senders();
    const refused = await save(node, "បានផ្សារ {cuont}");
    expect(refused.body).toMatchObject({
      code: "common.invalid-input",
      fields: [{ path: "message", code: "translations.argument-unknown", params: { arguments: ["cuont"] } }],
    });
    expect((await save(node, "{count, plural, one {#}}")).body).toMatchObject({
      fields: [{ code: "translations.not-icu" }],
    });
    expect((await save(khm, better)).status).toBe(403);
    expect((await save(nobody, better)).status).toBe(401);
    expect((await nobody("GET", "/api/translations/km/review")).status).toBe(401);
    const unknown = await node("PUT", "/api/translations/km/messages/no.such", {
      message: "x",
      state: "draft",
      expected: null,
    });
    expect(unknown.body).toMatchObject({ code: "translations.unknown-key" });
  });

  it("refuses to overwrite what somebody saved meanwhile", async () => {
    const { node } = senders();
    expect((await save(node, `${better}.`)).body).toMatchObject({ code: "common.stale-revision" });
  });

  it("marks a draft as reviewed without changing it, which serves nothing extra", async () => {
    const { node, nobody } = senders();
    const [own] = (await review(node, "state=own")).items;
    const saved = await save(node, shipped?.message ?? "", own?.changedAt ?? null);
    expect(saved.body).toMatchObject({ state: "reviewed", message: shipped?.message });
    expect((await nobody("GET", "/api/translations/km")).body.messages).toEqual({});
  });

  it("does not show a wording whose English sentence changed after it", async () => {
    const { node, nobody } = senders();
    await context.db.executeSql(
      "update translation_override set message = 'ចាស់ {count}', english = 'Old {count}' where key = $1",
      [key],
    );
    expect((await nobody("GET", "/api/translations/km")).body.messages).toEqual({});
    const { items } = await review(node, `q=${key}`);
    expect(items[0]).toMatchObject({ message: shipped?.message, state: "draft", own: false, outdated: "ចាស់ {count}" });
  });

  it("goes back to the words of the program", async () => {
    const { node } = senders();
    const dropped = await node("DELETE", `/api/translations/km/messages/${key}`);
    expect(dropped.body).toMatchObject({ own: false, outdated: null, message: shipped?.message, state: "draft" });
    const { rows } = await context.db.executeSql("select payload from event where type = 'translations.dropped'");
    expect(rows).toEqual([{ payload: { language: "km", key } }]);
  });
});
