import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DateOrder, parseDate } from "./dates.ts";

const read = (text: string | number, order?: DateOrder) => {
  const result = parseDate(text, order ? { order } : {});
  return "date" in result ? `${result.date} ${result.precision}` : result.problem.code;
};

describe("parseDate", () => {
  it.each([
    ["2024-05-01", "2024-05-01 day"],
    ["2024/5/1", "2024-05-01 day"],
    ["20240501", "2024-05-01 day"],
    ["2024-05-01T00:00:00Z", "2024-05-01 day"],
    ["2024-05", "2024-05-01 month"],
    ["05/2024", "2024-05-01 month"],
    ["2024", "2024-01-01 year"],
    ["25/12/2023", "2023-12-25 day"],
    ["12/25/2023", "2023-12-25 day"],
    ["05.05.2023", "2023-05-05 day"],
    ["12 March 2020", "2020-03-12 day"],
    ["March 12th, 2020", "2020-03-12 day"],
    ["12-Mar-2020", "2020-03-12 day"],
    ["May 2020", "2020-05-01 month"],
    ["ថ្ងៃទី១២ ខែមីនា ឆ្នាំ២០២០", "2020-03-12 day"],
    ["១២ មីនា ២០២០", "2020-03-12 day"],
    ["12 ມີນາ 2020", "2020-03-12 day"],
    ["ວັນທີ 12 ເດືອນ ມີນາ ປີ 2020", "2020-03-12 day"],
    ["12 มีนาคม 2563", "2020-03-12 day"],
    ["๑๒ มี.ค. พ.ศ. ๒๕๖๓", "2020-03-12 day"],
    ["ngày 12 tháng 3 năm 2020", "2020-03-12 day"],
    ["12 tháng mười hai 2020", "2020-12-12 day"],
    ["၁၂ မတ် ၂၀၂၀", "2020-03-12 day"],
    ["၂၀၂၀ ခုနှစ်၊ မတ်လ ၁၂ ရက်", "2020-03-12 day"],
    ["29/02/2567", "2024-02-29 day"],
  ])("reads %s as %s", (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ["03/04/2020", "date.ambiguous-order"],
    ["12-Mar-20", "date.two-digit-year"],
    ["12/03/63", "date.two-digit-year"],
    ["31/04/2020", "date.impossible"],
    ["2023-02-29", "date.impossible"],
    ["2023-13-01", "date.impossible"],
    ["0203-01-01", "date.year-out-of-range"],
    ["soon", "date.malformed"],
    ["12 smarch 2020", "date.malformed"],
    ["", "date.empty"],
  ])("refuses %s as %s", (text, code) => expect(read(text)).toBe(code));

  it("resolves the order with the caller's word, and says when the text contradicts it", () => {
    expect(read("03/04/2020", "dmy")).toBe("2020-04-03 day");
    expect(read("03/04/2020", "mdy")).toBe("2020-03-04 day");
    expect(read("12/25/2020", "dmy")).toBe("date.order-contradicted");
  });

  it("notes Buddhist years, spreadsheet serials and dropped times", () => {
    expect(parseDate("2563-05-01")).toMatchObject({
      date: "2020-05-01",
      notes: [{ code: "date.buddhist-year", params: { written: 2563 } }],
    });
    expect(parseDate(45413)).toMatchObject({ date: "2024-05-01", notes: [{ code: "date.spreadsheet-serial" }] });
    expect(parseDate("45413")).toMatchObject({ date: "2024-05-01" });
    expect(parseDate("2024-05-01 14:30")).toMatchObject({ date: "2024-05-01", notes: [{ code: "date.time-dropped" }] });
    expect(read(2019)).toBe("2019-01-01 year");
  });

  it("reads back any day in each script's digits and in the Buddhist era", () => {
    const days = fc.date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    const khmer = (text: string) => text.replace(/\d/g, (digit) => String.fromCodePoint(0x17e0 + Number(digit)));
    fc.assert(
      fc.property(days, (day) => {
        const iso = day.toISOString().slice(0, 10);
        const [year = "", month = "", date = ""] = iso.split("-");
        expect(read(iso)).toBe(`${iso} day`);
        expect(read(khmer(`${date}/${month}/${year}`), "dmy")).toBe(`${iso} day`);
        expect(read(`${date}/${month}/${Number(year) + 543}`, "dmy")).toBe(`${iso} day`);
      }),
    );
  });
});
