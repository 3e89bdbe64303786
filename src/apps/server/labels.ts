import * as accidents from "../../domains/accidents/model.ts";
import * as land from "../../domains/land/model.ts";
import * as ordnance from "../../domains/ordnance/model.ts";
import * as organisations from "../../domains/organisations/model.ts";
import { generalCodeLists } from "../../platform/contract/code-lists.ts";
import { languages } from "../../platform/contract/fields.ts";
import { readCatalogue } from "../../platform/i18n/node.ts";
import { rootPath } from "../../platform/kernel/root.ts";

/** Every code list of the program with its standard codes. */
export const codeLists: Readonly<Record<string, readonly string[]>> = {
  ...generalCodeLists,
  ...ordnance.codeLists,
  ...land.codeLists,
  ...accidents.codeLists,
  ...organisations.codeLists,
};

let labels: Map<string, string[]> | undefined;

/** The labels of a code in all languages, as the catalogues have them; an import recognises a code by any of them. */
export function codeLabels(list: string, value: string): readonly string[] {
  if (!labels) {
    labels = new Map();
    for (const language of languages) {
      for (const [key, text] of Object.entries(readCatalogue(language, rootPath("src")))) {
        if (key.startsWith("code.")) labels.set(key, [...(labels.get(key) ?? []), text]);
      }
    }
  }
  return labels.get(`code.${list}.${value}`) ?? [];
}
