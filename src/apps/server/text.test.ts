import { describe, expect, it } from "vitest";
import { readCatalogue } from "../../platform/i18n/node.ts";
import { rights } from "./compose.ts";
import { contracts } from "./openapi.ts";

describe.each(["en", "km"] as const)("texts of the contracts in %s", (language) => {
  const messages = readCatalogue(language);
  const routes = Object.values(contracts).flatMap((area) => Object.values(area));

  it("name every right", () => {
    expect(Object.keys(rights).filter((right) => !messages[`right.${right}`])).toEqual([]);
  });

  it("explain every route", () => {
    expect([...new Set(routes.map(({ summary }) => summary))].filter((key) => !messages[key])).toEqual([]);
  });

  it("tell every named problem", () => {
    const codes = new Set(routes.flatMap(({ problems }) => problems.map(({ code }) => code)));
    expect([...codes].filter((code) => !messages[`problem.${code}`])).toEqual([]);
  });
});

describe("contracts", () => {
  it("ask only for rights that somebody can have", () => {
    const asked = Object.values(contracts).flatMap((area) => Object.values(area).map(({ right }) => right));
    const known = new Set([...Object.keys(rights), "open", "signed-in"]);
    expect(asked.filter((right) => !known.has(right))).toEqual([]);
  });
});
