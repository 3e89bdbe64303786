import { cleanText, matchKey, type Scalar } from "../../platform/files/index.ts";

/** What tables of the region call the row that adds up the others. */
const words = new Set(
  [
    ...["total", "totals", "grand total", "sub total", "subtotal", "sum", "total général"],
    ...["សរុប", "សរុបរួម", "ລວມ", "ລວມທັງໝົດ", "รวม", "รวมทั้งหมด", "ยอดรวม"],
    ...["tổng", "tổng số", "tổng cộng", "cộng", "စုစုပေါင်း", "ပေါင်း"],
  ].map(matchKey),
);

/** The word by which a row of a table says that it is a sum of others and no record; null when its first cell says none. */
export function totalsWord(fields: Readonly<Record<string, Scalar>>): string | null {
  const first = Object.values(fields).find((cell) => cell !== null && cell !== "");
  if (typeof first !== "string") return null;
  const text = cleanText(first);
  return words.has(matchKey(text.replace(/[\s:：.។]+$/u, ""))) ? text : null;
}
