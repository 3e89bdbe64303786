import type { Language } from "../contract/fields.ts";
import type { LoadedMessages } from "./translator.ts";

const loaders: Record<Language, () => Promise<{ messages: LoadedMessages }>> = {
  en: () => import("virtual:catalogue/en"),
  km: () => import("virtual:catalogue/km"),
  lo: () => import("virtual:catalogue/lo"),
  th: () => import("virtual:catalogue/th"),
  vi: () => import("virtual:catalogue/vi"),
  my: () => import("virtual:catalogue/my"),
};

/** Loads one language's messages in the browser, English filling the gaps; a language is fetched once. */
export async function loadCatalogue(language: Language): Promise<LoadedMessages> {
  return (await loaders[language]()).messages;
}
