import type { Language } from "../contract/fields.ts";
import { type CataloguePart, catalogueParts } from "./catalogue-parts.ts";
import type { LoadedMessages } from "./translator.ts";

type Load = () => Promise<{ messages: LoadedMessages }>;

// The bundler finds its chunks by these literal names.
const loaders: Record<Language, Record<CataloguePart, Load>> = {
  en: {
    first: () => import("virtual:catalogue/en/first"),
    lists: () => import("virtual:catalogue/en/lists"),
    rest: () => import("virtual:catalogue/en/rest"),
  },
  km: {
    first: () => import("virtual:catalogue/km/first"),
    lists: () => import("virtual:catalogue/km/lists"),
    rest: () => import("virtual:catalogue/km/rest"),
  },
  lo: {
    first: () => import("virtual:catalogue/lo/first"),
    lists: () => import("virtual:catalogue/lo/lists"),
    rest: () => import("virtual:catalogue/lo/rest"),
  },
  th: {
    first: () => import("virtual:catalogue/th/first"),
    lists: () => import("virtual:catalogue/th/lists"),
    rest: () => import("virtual:catalogue/th/rest"),
  },
  vi: {
    first: () => import("virtual:catalogue/vi/first"),
    lists: () => import("virtual:catalogue/vi/lists"),
    rest: () => import("virtual:catalogue/vi/rest"),
  },
  my: {
    first: () => import("virtual:catalogue/my/first"),
    lists: () => import("virtual:catalogue/my/lists"),
    rest: () => import("virtual:catalogue/my/rest"),
  },
};

/**
 * Loads parts of a language's messages in the browser, English filling the gaps; each is fetched once.
 * @param from the first part to load, counted from 0
 * @param to the part before which to stop
 * @returns the messages of each part, in order
 */
export function loadParts(language: Language, from: number, to: number): Promise<LoadedMessages[]> {
  return Promise.all(catalogueParts.slice(from, to).map(async (part) => (await loaders[language][part]()).messages));
}
