import type { Language } from "../contract/fields.ts";

/** Words that most browsers do not bring for a language. */
export interface OwnWords {
  /** January to December. */
  months: readonly string[];
  /** How day, month and year stand together. */
  day: (day: number, month: string, year: number) => string;
  month: (month: string, year: number) => string;
  /** A span of time before and after now; `unit` is one of the words below. */
  past: (count: string, unit: string) => string;
  future: (count: string, unit: string) => string;
  units: Readonly<Record<"year" | "month" | "week" | "day" | "hour" | "minute" | "second", string>>;
  /** What stands before the last item of a list. */
  and: string;
}

/**
 * Dates, spans and lists of the languages for which Chromium and others carry no locale data and would silently fall
 * back to the browser's own language. Kept here, they read the same in every browser, on the server and in files.
 */
export const ownWords: Readonly<Partial<Record<Language, OwnWords>>> = {
  km: {
    months: "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ".split(" "),
    day: (day, month, year) => `${day} ${month} ${year}`,
    month: (month, year) => `${month} ${year}`,
    past: (count, unit) => `${count} ${unit}មុន`,
    future: (count, unit) => `${count} ${unit}ទៀត`,
    units: { year: "ឆ្នាំ", month: "ខែ", week: "សប្ដាហ៍", day: "ថ្ងៃ", hour: "ម៉ោង", minute: "នាទី", second: "វិនាទី" },
    and: " និង ",
  },
  lo: {
    months: "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ".split(" "),
    day: (day, month, year) => `${day} ${month} ${year}`,
    month: (month, year) => `${month} ${year}`,
    past: (count, unit) => `${count} ${unit}ກ່ອນ`,
    future: (count, unit) => `ໃນອີກ ${count} ${unit}`,
    units: { year: "ປີ", month: "ເດືອນ", week: "ອາທິດ", day: "ມື້", hour: "ຊົ່ວໂມງ", minute: "ນາທີ", second: "ວິນາທີ" },
    and: " ແລະ ",
  },
  my: {
    months: "ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ".split(" "),
    day: (day, month, year) => `${year} ${month} ${day}`,
    month: (month, year) => `${year} ${month}`,
    past: (count, unit) => `ပြီးခဲ့သည့် ${count} ${unit}`,
    future: (count, unit) => `နောက် ${count} ${unit}`,
    units: { year: "နှစ်", month: "လ", week: "ပတ်", day: "ရက်", hour: "နာရီ", minute: "မိနစ်", second: "စက္ကန့်" },
    and: " နှင့် ",
  },
};
