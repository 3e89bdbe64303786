import { describe, expect, it } from "vitest";
import { columns, dayBefore, entriesQuery } from "./columns.ts";

const figure = (name: string) => {
  const found = columns.find((column) => column.name === name);
  if (!found) throw new Error(name);
  return found;
};
const query = { country: "KHM", from: "2023-03-01", to: "2024-06-30" };

describe("the entries behind a figure", () => {
  it("of a movement lie in the period, under the row's key", () => {
    expect(entriesQuery(query, "province", "p1", figure("cleared"))).toEqual({
      ...query,
      account: "cleared",
      province: "p1",
    });
  });

  it("of a combination of contamination are those of exactly that combination", () => {
    const asked = entriesQuery(query, "contamination", "ap-mine", figure("cleared"));
    expect(asked).toMatchObject({ contaminationOnly: "ap-mine" });
    expect(asked).not.toHaveProperty("contamination");
  });

  it("of a stock reach back to the beginning", () => {
    expect(entriesQuery(query, "none", "none", figure("closingConfirmed"))).toEqual({
      country: "KHM",
      to: "2024-06-30",
      account: "confirmed",
    });
    expect(entriesQuery(query, "province", "none", figure("opening"))).toMatchObject({
      to: "2023-02-28",
      province: "none",
    });
  });

  it("of a year stay within it and within the period", () => {
    expect(entriesQuery(query, "year", "2023", figure("cleared"))).toMatchObject({
      from: "2023-03-01",
      to: "2023-12-31",
    });
    expect(entriesQuery(query, "year", "2024", figure("cleared"))).toMatchObject({
      from: "2024-01-01",
      to: "2024-06-30",
    });
    expect(entriesQuery(query, "year", "2024", figure("opening"))).toEqual({
      country: "KHM",
      to: "2023-12-31",
      account: "suspected,confirmed",
    });
  });

  it("of a combination of contamination are those of no other combination", () => {
    const asked = entriesQuery(query, "contamination", "ap-mine+av-mine", figure("cleared"));
    expect(asked).toMatchObject({ contaminationOnly: "ap-mine+av-mine", account: "cleared" });
    expect(asked).not.toHaveProperty("contamination");
  });

  it("of the sum of all rows know no key", () => {
    expect(entriesQuery(query, "year", "all", figure("cleared"))).toEqual({ ...query, account: "cleared" });
  });

  it("knows the day before across months and years", () => {
    expect(dayBefore("2024-03-01")).toBe("2024-02-29");
    expect(dayBefore("2024-01-01")).toBe("2023-12-31");
  });
});
