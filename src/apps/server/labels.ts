import * as accessToCare from "../../domains/access-to-care/model.ts";
import * as accidents from "../../domains/accidents/model.ts";
import * as assistance from "../../domains/assistance/model.ts";
import * as dataProtection from "../../domains/data-protection/model.ts";
import * as land from "../../domains/land/model.ts";
import * as landRelease from "../../domains/land-release/model.ts";
import * as ordnance from "../../domains/ordnance/model.ts";
import * as organisations from "../../domains/organisations/model.ts";
import * as people from "../../domains/people/model.ts";
import * as quality from "../../domains/quality/model.ts";
import * as results from "../../domains/results/model.ts";
import * as services from "../../domains/services/model.ts";
import * as studies from "../../domains/studies/model.ts";
import * as tasking from "../../domains/tasking/model.ts";
import { generalCodeLists } from "../../platform/contract/code-lists.ts";
import { type Language, languages } from "../../platform/contract/fields.ts";
import { readCatalogue } from "../../platform/i18n/node.ts";
import { createTranslator, type Messages, type Translator } from "../../platform/i18n/translator.ts";
import { rootPath } from "../../platform/kernel/root.ts";
import { registerCodeLists } from "../../platform/records/codes.ts";

/** Every code list of the program with its standard codes. */
export const codeLists: Readonly<Record<string, readonly string[]>> = {
  ...generalCodeLists,
  ...ordnance.codeLists,
  ...land.codeLists,
  ...landRelease.codeLists,
  ...accidents.codeLists,
  ...accessToCare.codeLists,
  ...organisations.codeLists,
  ...tasking.codeLists,
  ...quality.codeLists,
  ...people.codeLists,
  ...dataProtection.codeLists,
  ...services.codeLists,
  ...studies.codeLists,
  ...results.codeLists,
  ...assistance.codeLists,
};
registerCodeLists(codeLists);

const catalogues = new Map<Language, Messages>();

function catalogue(language: Language): Messages {
  const known = catalogues.get(language) ?? readCatalogue(language, rootPath("src"));
  catalogues.set(language, known);
  return known;
}

let labels: Map<string, string[]> | undefined;

/** The texts of a key in all languages, without repetition. */
function allTexts(key: string): readonly string[] {
  if (!labels) {
    labels = new Map();
    for (const language of languages) {
      for (const [name, text] of Object.entries(catalogue(language))) {
        if (!name.startsWith("code.") && !name.startsWith("field.")) continue;
        const texts = labels.get(name) ?? [];
        if (!texts.includes(text)) labels.set(name, [...texts, text]);
      }
    }
  }
  return labels.get(key) ?? [];
}

/** The labels of a code in all languages; an import recognises a code by any of them. */
export function codeLabels(list: string, value: string): readonly string[] {
  return allTexts(`code.${list}.${value}`);
}

/** The labels of a field in all languages; a column of a file is recognised by any of them. */
export function fieldLabels(recordType: string, field: string): readonly string[] {
  return [...allTexts(`field.${recordType}.${field}`), ...allTexts(`field.${field}`)];
}

const translators = new Map<Language, Translator>();

/** A translator for files and messages that the server writes. */
export function translatorOf(language: Language): Translator {
  const known =
    translators.get(language) ?? createTranslator(language, catalogue(language), { fallback: catalogue("en") });
  translators.set(language, known);
  return known;
}
