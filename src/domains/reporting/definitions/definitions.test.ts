import { describe, expect, it } from "vitest";
import { translatorOf } from "../../../apps/server/labels.ts";
import { messagesOf } from "../index.ts";
import { type Definition, faultsOf } from "../model-definition.ts";
import { measures } from "../model-measures.ts";
import { shippedDefinitions } from "./index.ts";

describe("the reports that ship", () => {
  it.each(shippedDefinitions.map((each) => [each.id, each] as const))(
    "%s can give no wrong number",
    (_id, definition) => {
      expect(faultsOf(definition, messagesOf)).toEqual([]);
    },
  );

  it("have words in English and Khmer for everything that they say and count", () => {
    const keys = new Set<string>(
      Object.keys(measures).flatMap((id) => [`reporting.measure.${id}`, `reporting.rule.${id}`]),
    );
    JSON.stringify(shippedDefinitions, (name, value: unknown) => {
      if (name === "key") keys.add(String(value));
      return value;
    });
    for (const language of ["en", "km"] as const)
      expect([...keys].filter((key) => !translatorOf(language).has(key))).toEqual([]);
  });

  it("print square metres of Article 7 under the letters of either form", () => {
    const [article7] = shippedDefinitions;
    const letters = Object.fromEntries(article7?.forms?.map(({ id, letters: of }) => [id, of]) ?? []);
    expect([letters.current?.areas, letters.earlier?.areas]).toEqual(["D", "C"]);
    expect([letters.current?.retained, letters.earlier?.retained]).toEqual(["C", "D"]);
  });
});

describe("a definition", () => {
  const words = { texts: { en: "x" } };
  const of = (blocks: Definition["blocks"]): Definition => ({ id: "own", words, scope: "country", blocks });
  const faults = (blocks: Definition["blocks"]) => faultsOf(of(blocks), messagesOf).map(({ code }) => code);

  it("is refused for a measure that nobody knows, and for a cut that a measure does not have", () => {
    const item = { id: "a", measure: "land.invented" };
    expect(faults([{ kind: "figures", items: [item] }])).toEqual(["reporting.measure-unknown"]);
    const columns = [{ kind: "measure" as const, id: "a", measure: "land.cleared" }];
    expect(faults([{ kind: "table", id: "t", words, by: "sex", columns, total: true }])).toEqual([
      "reporting.cut-not-possible",
    ]);
  });

  it("is refused for a number typed into a sentence, in any digits, and for a figure that nothing fills", () => {
    for (const text of ["12 mines", "មីន ១២", "１２ mines", "Ⅻ mines"])
      expect(faults([{ kind: "text", words: { texts: { en: text } }, cells: {} }])).toEqual(["reporting.number-typed"]);
    const unbound = { kind: "text" as const, words: { texts: { en: "{mines} mines" } }, cells: {} };
    expect(faults([unbound])).toEqual(["reporting.placeholder-unbound"]);
    const cells = { mines: { measure: "ordnance.destroyed" } };
    expect(faults([{ ...unbound, cells }])).toEqual([]);
    for (const text of ["{mines", "mines}", "{mines} of {{mines}"])
      expect(faults([{ kind: "text", words: { texts: { en: text } }, cells }])).toEqual([
        "reporting.placeholder-unbound",
      ]);
  });

  it("is refused for land of a year beside the period's, which would be passed over", () => {
    const item = (measure: string) => [{ id: "a", measure, where: { year: ["2024"] } }];
    expect(faults([{ kind: "figures", items: item("land.cleared") }])).toEqual(["reporting.cut-not-possible"]);
    expect(faults([{ kind: "figures", items: item("casualties.people") }])).toEqual([]);
    const columns = [{ kind: "measure" as const, id: "a", measure: "land.cleared" }];
    expect(faults([{ kind: "table", id: "t", words, by: "year", columns, total: true }])).toEqual([]);
  });

  it("is refused for a map of rows that are no provinces, or of a column that is not there", () => {
    const columns = [{ kind: "measure" as const, id: "a", measure: "land.cleared" }];
    const table = (by: "province" | "year") => ({ kind: "table" as const, id: "t", words, by, columns, total: true });
    const map = (column: string) => ({ kind: "map" as const, table: "t", column, words });
    expect(faults([table("province"), map("a")])).toEqual([]);
    expect(faults([table("year"), map("a")])).toEqual(["reporting.map-not-possible"]);
    expect(faults([table("province"), map("b")])).toEqual(["reporting.table-unknown"]);
  });
});
