import { problem } from "./problem.ts";
import type { Problem } from "./types.ts";

/** A date with how exactly it is known, or why the text is none. */
export type DateResult =
  | {
      /** ISO 8601 calendar date; the first day of the month or year when only that is known. */
      date: string;
      precision: "day" | "month" | "year";
      notes: Problem[];
    }
  | { problem: Problem };

/** In which order day, month and year stand when all are numbers. */
export type DateOrder = "dmy" | "mdy" | "ymd";

const monthNames: readonly string[][] = [
  ["january", "jan", "មករា", "ມັງກອນ", "ມ.ກ", "มกราคม", "ม.ค", "tháng một", "tháng giêng", "ဇန်နဝါရီ", "ဇန်နဝါရီလ"],
  ["february", "feb", "កុម្ភៈ", "កុម្ភះ", "កុម្ភ:", "ກຸມພາ", "ກ.ພ", "กุมภาพันธ์", "ก.พ", "tháng hai", "ဖေဖော်ဝါရီ"],
  ["march", "mar", "មីនា", "ມີນາ", "ມ.ນ", "มีนาคม", "มี.ค", "tháng ba", "မတ်"],
  ["april", "apr", "មេសា", "ເມສາ", "ມ.ສ", "เมษายน", "เม.ย", "tháng tư", "tháng bốn", "ဧပြီ"],
  ["may", "ឧសភា", "ພຶດສະພາ", "ພ.ພ", "พฤษภาคม", "พ.ค", "tháng năm", "မေ"],
  ["june", "jun", "មិថុនា", "ມິຖຸນາ", "ມິ.ຖ", "มิถุนายน", "มิ.ย", "tháng sáu", "ဇွန်"],
  ["july", "jul", "កក្កដា", "ກໍລະກົດ", "ກ.ລ", "กรกฎาคม", "ก.ค", "tháng bảy", "ဇူလိုင်"],
  ["august", "aug", "សីហា", "ສິງຫາ", "ສ.ຫ", "สิงหาคม", "ส.ค", "tháng tám", "ဩဂုတ်", "သြဂုတ်"],
  ["september", "sept", "sep", "កញ្ញា", "ກັນຍາ", "ກ.ຍ", "กันยายน", "ก.ย", "tháng chín", "စက်တင်ဘာ"],
  ["october", "oct", "តុលា", "ຕຸລາ", "ຕ.ລ", "ตุลาคม", "ต.ค", "tháng mười", "အောက်တိုဘာ"],
  ["november", "nov", "វិច្ឆិកា", "ພະຈິກ", "ພ.ຈ", "พฤศจิกายน", "พ.ย", "tháng mười một", "နိုဝင်ဘာ"],
  ["december", "dec", "ធ្នូ", "ທັນວາ", "ທ.ວ", "ธันวาคม", "ธ.ค", "tháng mười hai", "ဒီဇင်ဘာ"],
];

/** Longest names first, so that "tháng mười hai" is not read as "tháng mười". */
const months = monthNames
  .flatMap((names, index) => names.map((name) => ({ name: name.normalize("NFC"), month: index + 1 })))
  .sort((a, b) => b.name.length - a.name.length);

const eraMarks = ["พุทธศักราช", "พ.ศ.", "พ.ศ", "ព.ស.", "ព.ស", "ພ.ສ.", "ພ.ສ", "b.e.", "b.e"].map((mark) =>
  mark.normalize("NFC"),
);
const fillers = [
  ...["ថ្ងៃទី", "ថ្ងៃ", "ខែ", "ឆ្នាំ", "គ.ស.", "គ.ស", "ວັນທີ", "ເດືອນ", "ປີ", "ຄ.ສ.", "ຄ.ສ", "วันที่", "เดือน", "ปี"],
  ...["ค.ศ.", "ค.ศ", "ခုနှစ်", "ခုနစ်", "ရက်နေ့", "ရက်", "နေ့", "လ", "၊", "ngày", "mồng", "mùng", "tháng", "năm"],
].map((word) => word.normalize("NFC"));

/**
 * Reads a date as people write it: ISO, day/month/year in any of the three orders, month names in English, Khmer, Lao,
 * Thai, Vietnamese and Burmese, any script's digits, a month or a year alone, a spreadsheet's serial number (days since
 * 30 December 1899). Years from 2400 to 2700 are Buddhist and become Gregorian by taking 543 off, with the note
 * `date.buddhist-year`. Nothing is guessed: problems are `date.empty`, `date.ambiguous-order`,
 * `date.order-contradicted`, `date.two-digit-year`, `date.year-out-of-range`, `date.impossible`, `date.malformed`.
 */
export function parseDate(input: string | number, options: { order?: DateOrder } = {}): DateResult {
  if (typeof input === "number") return fromNumber(input);
  let text = latinDigits(input.normalize("NFC").replace(/[\u200b-\u200f\u2060\ufeff]/g, ""))
    .replace(/[\u00a0\u202f]/g, " ")
    .trim()
    .toLowerCase();
  if (text === "") return { problem: problem("date.empty") };
  const malformed = { problem: problem("date.malformed", { text: input.slice(0, 100) }) };
  if (/^\d+$/.test(text) && text.length !== 8) return fromNumber(Number(text));
  const notes: Problem[] = [];
  const time = /^(.*?\d)(?:t|\s+)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm)?\s*(?:z|[+-]\d{2}:?\d{2})?)$/.exec(
    text,
  );
  if (time) {
    text = time[1] as string;
    if (!/^0{1,2}:00(:00(\.0+)?)?\s*z?$/.test(time[2] as string))
      notes.push(problem("date.time-dropped", { time: time[2] as string }));
  }
  const packed = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (packed) return makeDate(Number(packed[1]), Number(packed[2]), Number(packed[3]), notes);
  const numeric = /^(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})\.?$/.exec(text);
  if (numeric) return fromThree(numeric.slice(1, 4) as [string, string, string], options.order, notes);
  const monthYear = /^(\d{1,2})\s*[-/.]\s*(\d{4})$/.exec(text) ?? /^(\d{4})\s*[-/.]\s*(\d{1,2})$/.exec(text);
  if (monthYear) {
    const [first = "", second = ""] = monthYear.slice(1);
    const [year, month] = first.length === 4 ? [first, second] : [second, first];
    return makeDate(Number(year), Number(month), null, notes);
  }
  return fromWords(text, notes) ?? malformed;
}

function latinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    // Every run of decimal digits in Unicode starts at a code point whose value is zero and has ten of them.
    const code = digit.codePointAt(0) as number;
    if (code < 0x80) return digit;
    for (let value = 0; value < 10; value++) {
      if (value === 9 || !/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) return String(value);
    }
    return digit;
  });
}

function fromNumber(value: number): DateResult {
  if (Number.isInteger(value) && value >= 1800 && value <= 2700) return makeDate(value, null, null, []);
  if (value >= 1 && value <= 99 && Number.isInteger(value))
    return { problem: problem("date.two-digit-year", { text: String(value) }) };
  // Serial 60 is the 29 February 1900 that never was; below it the count is off by one and no survey has such dates.
  if (!(value >= 61 && value < 110_000)) return { problem: problem("date.malformed", { text: String(value) }) };
  const whole = Math.floor(value);
  const date = new Date(Date.UTC(1899, 11, 30) + whole * 86_400_000).toISOString().slice(0, 10);
  return { date, precision: "day", notes: [problem("date.spreadsheet-serial", { serial: value })] };
}

function fromThree(parts: [string, string, string], order: DateOrder | undefined, notes: Problem[]): DateResult {
  const [a, b, c] = parts.map(Number) as [number, number, number];
  const text = parts.join("/");
  if (parts[0].length >= 3 && parts[2].length >= 3) return { problem: problem("date.malformed", { text }) };
  if (parts[0].length === 4) return makeDate(a, b, c, notes);
  if (parts[2].length !== 4) return { problem: problem("date.two-digit-year", { text }) };
  const dayFirst = b >= 1 && b <= 12;
  const monthFirst = a >= 1 && a <= 12;
  if (order === "dmy" || order === "mdy") {
    const fits = order === "dmy" ? dayFirst : monthFirst;
    if (!fits && (dayFirst || monthFirst)) return { problem: problem("date.order-contradicted", { text, order }) };
    return order === "dmy" ? makeDate(c, b, a, notes) : makeDate(c, a, b, notes);
  }
  if (dayFirst && monthFirst && a !== b)
    return { problem: problem("date.ambiguous-order", { text, first: a, second: b }) };
  return monthFirst && !dayFirst ? makeDate(c, a, b, notes) : makeDate(c, b, a, notes);
}

function fromWords(input: string, notes: Problem[]): DateResult | null {
  let text = input;
  const era = eraMarks.find((mark) => text.includes(mark));
  if (era) text = text.replace(era, " ");
  let month: number | null = null;
  const numbered = /tháng\s*(\d{1,2})(?!\d)/.exec(text);
  if (numbered) {
    month = Number(numbered[1]);
    text = text.replace(numbered[0], " ");
  } else {
    for (const candidate of months) {
      const at = findName(text, candidate.name);
      if (at < 0) continue;
      month = candidate.month;
      text = `${text.slice(0, at)} ${text.slice(at + candidate.name.length)}`;
      break;
    }
  }
  for (const filler of fillers) text = text.replaceAll(filler, " ");
  text = text.replace(/(\d)(?:st|nd|rd|th)\b/g, "$1 ");
  if (!/^[\d\s.,\-/']*$/.test(text)) return null;
  const numbers = text.match(/\d+/g) ?? [];
  if (month === null) return numbers.length === 1 ? yearOnly(numbers[0] as string, notes) : null;
  if (numbers.length === 1) return yearOfMonth(numbers[0] as string, month, notes);
  if (numbers.length !== 2) return null;
  const [first = "", second = ""] = numbers;
  if (first.length <= 2 && second.length <= 2)
    return { problem: problem("date.two-digit-year", { text: input.slice(0, 100) }) };
  const [year, day] = first.length === 4 ? [first, second] : [second, first];
  if (year.length !== 4 || day.length > 2) return null;
  return makeDate(Number(year), month, Number(day), notes);
}

function yearOnly(text: string, notes: Problem[]): DateResult | null {
  return text.length === 4 ? makeDate(Number(text), null, null, notes) : null;
}

function yearOfMonth(text: string, month: number, notes: Problem[]): DateResult | null {
  if (text.length <= 2) return { problem: problem("date.two-digit-year", { text }) };
  return text.length === 4 ? makeDate(Number(text), month, null, notes) : null;
}

/** Latin names must be whole words; scripts without spaces have no word edges to look for. */
function findName(text: string, name: string): number {
  if (!/^[a-z]+$/.test(name)) return text.indexOf(name);
  const found = new RegExp(`(?<![\\p{L}])${name}(?![\\p{L}])`, "u").exec(text);
  return found ? found.index : -1;
}

function makeDate(writtenYear: number, month: number | null, day: number | null, before: Problem[]): DateResult {
  const notes = [...before];
  let year = writtenYear;
  if (year >= 2400 && year <= 2700) {
    year -= 543;
    notes.push(problem("date.buddhist-year", { written: writtenYear, year }));
  }
  if (year < 1800 || year > 2199) return { problem: problem("date.year-out-of-range", { year: writtenYear }) };
  const impossible = { problem: problem("date.impossible", { year, month, day }) };
  if (month !== null && (month < 1 || month > 12)) return impossible;
  if (day !== null) {
    const days = new Date(Date.UTC(year, month ?? 1, 0)).getUTCDate();
    if (day < 1 || day > days) return impossible;
  }
  const date = `${year}-${String(month ?? 1).padStart(2, "0")}-${String(day ?? 1).padStart(2, "0")}`;
  return { date, precision: day !== null ? "day" : month !== null ? "month" : "year", notes };
}
