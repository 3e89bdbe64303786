import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAst } from "vite";
import { describe, expect, test } from "vitest";
import { routes as placeRoutes } from "../../domains/places/contract.ts";
import { routes as accessRoutes, roles } from "../../platform/access/contract.ts";
import { positionCodeLists } from "../../platform/contract/position.ts";
import type { Routes } from "../../platform/contract/route.ts";
import { partOf } from "../../platform/i18n/catalogue-parts.ts";
import { readCatalogue, sourceRoot } from "../../platform/i18n/node.ts";
import { commonProblems } from "../../platform/kernel/problem.ts";
import { navGroups } from "../../platform/ui/records/section.ts";
import { pages, sections } from "./compose.ts";
import { navigation } from "./navigation.ts";
import { safeReturn } from "./safe-return.ts";

const english = readCatalogue("en");
const missing = (keys: readonly string[]) => [...new Set(keys)].filter((key) => english[key] === undefined).sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.(test|d)\./.test(entry.name) ? [path] : [];
  });
}

/** The catalogue keys that a source names: first arguments of `t`, and properties called `labelKey` or `summary`. */
function namedKeys(source: string, lang: "ts" | "tsx"): string[] {
  const keys: string[] = [];
  const literals = (node: unknown): void => {
    if (Array.isArray(node)) for (const part of node) literals(part);
    if (typeof node !== "object" || node === null || Array.isArray(node)) return;
    const { type, value, test: _, ...rest } = node as { type?: string; value?: unknown; test?: unknown };
    // Other functions are called t too; a key has at least one dot.
    if (type === "Literal" && typeof value === "string" && /^[a-z][\w-]*(\.[\w-]+)+$/.test(value)) keys.push(value);
    else if (type === "ConditionalExpression") for (const part of Object.values(rest)) literals(part);
  };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const part of node) walk(part);
    if (typeof node !== "object" || node === null || Array.isArray(node)) return;
    const members = node as Record<string, unknown> & { type?: string };
    if (members.type === "CallExpression") {
      const callee = members.callee as { type?: string; name?: string; property?: { name?: string } };
      if ((callee.name ?? callee.property?.name) === "t") literals((members.arguments as unknown[])[0]);
    }
    if (members.type === "Property" && (members.key as { name?: string }).name === "labelKey") literals(members.value);
    for (const member of Object.values(members)) walk(member);
  };
  walk(parseAst(source, { lang }));
  return keys;
}

describe("text for everything that is shown", () => {
  test("every key that code names is in the English catalogue", () => {
    const named = sources(sourceRoot).flatMap((file) =>
      namedKeys(readFileSync(file, "utf8"), file.endsWith("x") ? "tsx" : "ts").map((key) => `${key}`),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(missing(named)).toEqual([]);
  });

  test("the words of pages that are there at once do not come late", () => {
    const early = [join(sourceRoot, "apps/web"), join(sourceRoot, "platform/ui")]
      .flatMap(sources)
      .filter((file) => file.endsWith("x") && !file.includes("attachments"))
      .flatMap((file) => namedKeys(readFileSync(file, "utf8"), "tsx"));
    expect(early.length).toBeGreaterThan(100);
    expect([...new Set(early)].filter((key) => partOf(key) !== "first")).toEqual([]);
    // What the menus are made of, the titles of pages that ask to sign in, the figures of the overview.
    const labels = pages.filter(({ nav, right }) => nav || right).map(({ labelKey }) => labelKey);
    const headlines = sections.flatMap((section) => (section.headlines ?? []).map(({ labelKey }) => labelKey));
    expect([...labels, ...headlines].filter((key) => partOf(key) !== "first")).toEqual([]);
    const late = Object.keys(english).filter((key) => partOf(key) === "rest");
    expect(late.length).toBeGreaterThan(Object.keys(english).length / 3);
  });

  test.each(sections.map((section) => [section.type.name, section] as const))(
    "%s has names for itself, its fields and its codes",
    (name, section) => {
      const fieldKeys = Object.keys(section.type.fields).flatMap((field) =>
        english[`field.${field}`] === undefined ? [`field.${name}.${field}`] : [],
      );
      const codeKeys = Object.entries(section.codeLists).flatMap(([list, codes]) =>
        codes.map((code) => `code.${list}.${code}`),
      );
      expect(missing([`record.${name}`, `records.${name}`, ...fieldKeys, ...codeKeys])).toEqual([]);
    },
  );

  test("every code field can be filled in and filtered: its list is given", () => {
    const without = sections.flatMap((section) =>
      Object.entries(section.type.fields)
        .filter(
          ([field, { list, derived }]) => list && !derived && !field.endsWith("Precision") && !section.codeLists[list],
        )
        .map(([field]) => `${section.type.name}.${field}`),
    );
    expect(without).toEqual([]);
  });

  test("every problem and summary of the routes has words", () => {
    const all: Routes[] = [...sections.map((section) => section.routes), placeRoutes, accessRoutes];
    const routes = all.flatMap((group) => Object.values(group));
    const codes = [...routes.flatMap((route) => route.problems), ...Object.values(commonProblems)];
    expect(missing([...codes.map(({ code }) => `problem.${code}`), ...routes.map((route) => route.summary)])).toEqual(
      [],
    );
  });

  test("roles, positions and navigation groups have words", () => {
    const codes = Object.entries(positionCodeLists).flatMap(([list, values]) => values.map((v) => `code.${list}.${v}`));
    const groups = navGroups.map((group) => `app.group.${group}`);
    expect(missing([...roles.map((role) => `role.${role}`), ...codes, ...groups])).toEqual([]);
  });
});

describe("navigation", () => {
  test("offers what a person's rights open, and the overview and the map to everybody", () => {
    const open = navigation([]).map((entry) => entry.path);
    expect(open).toContain("/");
    expect(open).not.toContain("/accidents");
    expect(navigation(["accidents.read"]).map((entry) => entry.path)).toContain("/accidents");
  });

  test("no two entries share a path", () => {
    const paths = [...sections.map((section) => section.path), ...pages.map((page) => page.path)];
    expect(new Set(paths).size).toBe(paths.length);
  });

  test("jobs are offered to those who can start some", () => {
    const jobs = "/administration/jobs";
    const offered = (...rights: string[]) => navigation(rights).some(({ path }) => path === jobs);
    expect(offered("jobs.read")).toBe(false);
    expect(offered("jobs.read", "imports.run")).toBe(true);
    expect(offered("jobs.read", "audit.read")).toBe(true);
    expect(offered("imports.run")).toBe(false);
  });

  test("signing in leads only to pages of this application", () => {
    expect(safeReturn("/land/areas")).toBe("/land/areas");
    expect(safeReturn("/accidents?country=KHM&q=a")).toBe("/accidents?country=KHM&q=a");
    const traps = [
      "//evil.example",
      "https://evil.example",
      "/\\evil.example",
      undefined,
      "/sign-in",
      "/sign-in?from=/",
    ];
    for (const trap of traps) expect(safeReturn(trap)).toBe("/");
  });
});
