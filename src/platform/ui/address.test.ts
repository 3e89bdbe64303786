import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, keepCountry, parseSearch } from "./address.ts";

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });

describe("addresses", () => {
  test("what is written is read back", () => {
    fc.assert(
      fc.property(fc.dictionary(text, text, { noNullPrototype: true }), (search) => {
        const [path, query = ""] = addressOf("/land/areas", search).split("?");
        expect(path).toBe("/land/areas");
        expect(parseSearch(query)).toEqual({ ...search });
      }),
    );
  });

  test("what is not set is left out, and values of a filter stay readable", () => {
    expect(addressOf("/accidents", {})).toBe("/accidents");
    expect(addressOf("/accidents", { q: undefined, "filter.status": "open,closed", country: "KHM" })).toBe(
      "/accidents?filter.status=open,closed&country=KHM",
    );
  });

  test("links carry the country, unless they name one or take it out", () => {
    expect(keepCountry({ country: "LAO", q: "mine" }, { sort: "code" })).toEqual({ country: "LAO", sort: "code" });
    expect(keepCountry({ country: "LAO" }, { country: "KHM" })).toEqual({ country: "KHM" });
    expect(addressOf("/map", keepCountry({ country: "LAO" }, { country: undefined }))).toBe("/map");
  });
});
