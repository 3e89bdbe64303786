import { nodeContact, readSetting, setting } from "../../platform/administration/index.ts";
import type { Tx } from "../../platform/database/types.ts";
import type { Contact } from "./model.ts";

const scope = { scope: "country" } as const;
const threshold = setting("reporting.smallest-count", { kind: "integer", min: 2, max: 100 }, 5, scope);
const page = setting("reporting.public-page", { kind: "boolean" }, true, { ...scope, open: true });
const methods = setting(
  "reporting.methods",
  { kind: "names", maxLength: 4000, long: true },
  {},
  { ...scope, open: true },
);
const contact = setting(
  "reporting.contact",
  { kind: "names", maxLength: 1000, long: true },
  {},
  { ...scope, open: true },
);
const areas = setting(
  "reporting.public-map",
  { kind: "choice", values: ["none", "province"], labels: "reporting.public-map" },
  "province",
  { ...scope, open: true },
);
const embedding = setting("reporting.embed-origins", { kind: "text", maxLength: 2000 }, "none", scope);

/** The settings of this domain. */
export const settings = [threshold, page, methods, contact, areas, embedding];

const origin = /^https?:\/\/(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i;

/** Origins of a list as somebody typed it; what is none is left out. `*` stands for every site. */
export function originsIn(text: string): string[] {
  const said = text.split(/[\s,;]+/).map((part) => part.replace(/\/$/, ""));
  return said.includes("*") ? ["*"] : [...new Set(said.filter((part) => origin.test(part)))];
}

/** The sites that may show published reports of a country within their pages. */
export const embedOrigins = async (tx: Tx, country: string): Promise<string[]> =>
  originsIn(await readSetting(tx, embedding, country));

/** Counts of people in assistance below this are hidden. */
export const smallestCount = (tx: Tx, country: string): Promise<number> => readSetting(tx, threshold, country);

/** What a country says on its public page, and how precise the places on it are. */
export async function publicPageOf(tx: Tx, country: string) {
  return {
    shown: await readSetting(tx, page, country),
    methods: await readSetting(tx, methods, country),
    contact: await readSetting(tx, contact, country),
    map: await readSetting(tx, areas, country),
  };
}

/** Whom readers of a report of a country may ask; null when neither the country nor the node says it. */
export async function contactOf(tx: Tx, country: string): Promise<Contact | null> {
  for (const [of, said] of [
    ["country", await readSetting(tx, contact, country)],
    ["node", await readSetting(tx, nodeContact)],
  ] as const) {
    const texts = Object.fromEntries(Object.entries(said).filter(([, text]) => text !== undefined));
    if (Object.keys(texts).length > 0) return { texts, of };
  }
  return null;
}
