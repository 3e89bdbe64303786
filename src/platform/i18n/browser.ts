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

const lateLoaders: Record<Language, () => Promise<{ messages: LoadedMessages }>> = {
  en: () => import("virtual:catalogue/en/late"),
  km: () => import("virtual:catalogue/km/late"),
  lo: () => import("virtual:catalogue/lo/late"),
  th: () => import("virtual:catalogue/th/late"),
  vi: () => import("virtual:catalogue/vi/late"),
  my: () => import("virtual:catalogue/my/late"),
};

/** Loads the words of the pages that few people open; asked for when one of them is opened. */
export async function loadLateCatalogue(language: Language): Promise<LoadedMessages> {
  return (await lateLoaders[language]()).messages;
}

/** Loads one language's messages in the browser, English filling the gaps; a language is fetched once. */
export async function loadCatalogue(language: Language): Promise<LoadedMessages> {
  return (await loaders[language]()).messages;
}
