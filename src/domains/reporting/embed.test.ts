import { createHash } from "node:crypto";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { translatorOf } from "../../apps/server/labels.ts";
import { describeEachDatabase } from "../../platform/database/testing.ts";
import { originsIn } from "./settings.ts";
import { casualtiesOf2025, manager, publish, reportServer, yearReport } from "./testing.ts";

describe("the sites that may show a report", () => {
  it.each([
    ["none", []],
    ["", []],
    ["https://www.example.org/ http://localhost:8080", ["https://www.example.org", "http://localhost:8080"]],
    ["https://*.example.org, https://a.b; https://a.b", ["https://*.example.org", "https://a.b"]],
    ["https://example.org *", ["*"]],
    ["https://example.org; script-src *", ["*"]],
    ["example.org javascript:alert(1) https://a'b https://x/y data:", []],
  ])("%j are %j", (typed, sites) => {
    expect(originsIn(typed)).toEqual(sites);
  });
});

describeEachDatabase("a report within another site's page", (context) => {
  const server = () => reportServer(context.db);
  const ids: Record<string, string> = {};
  const choose = (name: string, country: string, value: unknown) =>
    sql`insert into setting (country, name, value) values (${country}, ${name}, ${JSON.stringify(value)}::jsonb)
      on conflict (country, name) do update set value = excluded.value`.execute(context.db.owner);
  const page = (id: string, query = "") => server().send("GET", `/embed/reports/KHM/${id}${query}`);

  beforeAll(async () => {
    await casualtiesOf2025(context.db);
    await choose("reporting.contact", "KHM", { en: `<script>alert("1")</script> & 'press'` });
    for (const [name, definition, audience] of [
      ["public", "casualty-tables", "public"],
      ["own", "casualty-tables", "own"],
      ["sheet", "fact-sheet", "public"],
    ] as const)
      ids[name] = (await publish(server(), yearReport(definition, audience))).id;
  }, 60_000);

  it("is for everybody what was published for everybody, and nothing else, whoever asks", async () => {
    const response = await page(ids.public ?? "");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    const html = await response.text();
    expect(html).toContain("<td>12</td>");
    expect(html).not.toContain("<td>3</td>");
    expect(html).toContain(`/reports/editions/KHM/${ids.public}`);
    expect(html).not.toMatch(/<script|\son\w+=|javascript:/i);
    const own = await server().send("GET", `/embed/reports/KHM/${ids.own}`, { as: manager });
    expect(own.status).toBe(404);
    expect((await page("01999999-0000-7000-8000-000000000000")).status).toBe(404);
  });

  it("speaks the language that is asked for, and shows one table with its pictures alone", async () => {
    const khmer = await (await page(ids.public ?? "", "?language=km&only=years")).text();
    expect(khmer).toContain('<html lang="km">');
    expect(khmer).toContain(translatorOf("km").t("reporting.table.casualties-by-year"));
    expect(khmer.match(/<table>/g)).toHaveLength(1);
    const whole = await (await page(ids.public ?? "", "?language=km")).text();
    expect((whole.match(/<table>/g) ?? []).length).toBeGreaterThan(1);
    expect((await page(ids.public ?? "", "?only=nothing")).status).toBe(404);
  });

  it("writes what people typed as words, not as markup", async () => {
    const html = await (await page(ids.sheet ?? "")).text();
    expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; 'press'");
    expect(html).not.toContain("<script");
  });

  it("is shown by no site until the country names some; then by those, and only on this address", async () => {
    const headers = async () => {
      const response = await page(ids.public ?? "");
      const policy = response.headers.get("content-security-policy") ?? "";
      return {
        framed: /frame-ancestors ([^;]+)/.exec(policy)?.[1],
        frame: response.headers.get("x-frame-options"),
        policy,
      };
    };
    expect(await headers()).toMatchObject({ framed: "'none'", frame: "DENY" });
    await choose("reporting.embed-origins", "KHM", "https://news.example.org https://*.example.com");
    const { framed, frame, policy } = await headers();
    expect([framed, frame]).toEqual(["https://news.example.org https://*.example.com", null]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("script-src");
    // The style that the policy lets in is the page's own.
    const style = /<style>([^<]*)<\/style>/.exec(await (await page(ids.public ?? "")).text())?.[1] ?? "";
    expect(policy).toContain(`'sha256-${createHash("sha256").update(style).digest("base64")}'`);
    const elsewhere = await server().send("GET", `/api/reports/editions/KHM/${ids.public}`);
    expect(elsewhere.headers.get("x-frame-options")).toBe("DENY");
    expect(elsewhere.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(((await elsewhere.json()) as { embed: string[] }).embed).toHaveLength(2);
    await choose("reporting.embed-origins", "KHM", "*");
    expect((await headers()).framed).toBe("*");
  });
});
