import type { ComponentType } from "react";
import { type Client, createClient } from "../../contract/client.ts";
import { positionFields } from "../../contract/position.ts";
import type { recordRoutes } from "../../contract/record-routes.ts";
import { commonFields, type RecordType, type RecordValues } from "../../contract/record-type.ts";
import { type Sensitivity, sensitivityRank } from "../../contract/sensitivity.ts";
import type { Text } from "../../i18n/I18nProvider.tsx";
import type { LayerSource, MapLayer } from "../../map/layers.ts";
import type { Search } from "../address.ts";
import type { IconName } from "../Icon.tsx";
import type { Tone } from "../StatusTag.tsx";

/** The routes that every record type has. */
export type RecordRoutes = ReturnType<typeof recordRoutes<string>>;

/** Where an entry stands in the navigation; the groups in the order in which it shows them. */
export const navGroups = [
  "work",
  "land",
  "tasks",
  "accidents",
  "assistance",
  "results",
  "reference",
  "data",
  "administration",
] as const;
export type NavGroup = (typeof navGroups)[number];

/** What a domain says about one of its record types; list, record page, filters and map layer are made from it. */
export interface RecordSection {
  type: RecordType;
  routes: RecordRoutes;
  /** Path of the list; the record page is `<path>/<country>/<id>`. */
  path: string;
  icon: IconName;
  group: NavGroup;
  /** The values of every code list that the type's fields use. */
  codeLists: Readonly<Record<string, readonly string[]>>;
  /** How the values of a code field look as tags, by field and value. */
  tones?: Readonly<Record<string, Readonly<Record<string, Tone>>>>;
  /** The code field by which the list and the overview count. */
  countBy?: string;
  /** Figures for the overview: a label's key and the filters under which the list shows what the figure counts. */
  headlines?: readonly { labelKey: string; search: Search }[];
  /** What waits for people (`platform/work`) and is listed here, with the filters for it. */
  waits?: readonly { kind: string; search?: Search }[];
  /** Shown as bars by year on the overview. */
  yearChart?: boolean;
  /** How its features look on the map; the source comes from whoever draws. Its id must be the record type's name. */
  mapLayer?: (source: LayerSource) => MapLayer;
  /** What other domains know about a record; stands below its fields. Load it lazily. */
  Panels?: ComponentType<{ record: RecordItem }>;
}

/** A record as it travels: the common fields, and any other that the reader is cleared for. */
export type RecordItem = RecordValues & {
  id: string;
  country: string;
  revision: number;
  withheld?: string[] | undefined;
};

/** Whether somebody with a clearance learns where the records of a section are, so that a map can show them. */
export function showsPlaces(section: RecordSection, clearance: Sensitivity): boolean {
  const { fields, geometryField } = section.type;
  const field = geometryField ? fields[geometryField] : undefined;
  if (!section.mapLayer || !field) return false;
  return sensitivityRank(clearance) >= sensitivityRank(field.sensitivity);
}

/** The path of a record's page. */
export function recordPath(section: Pick<RecordSection, "path">, record: { country: string; id: string }): string {
  return `${section.path}/${record.country}/${record.id}`;
}

/** What a record is called: its name in the reader's language, else its code, else the start of its id. */
export function recordTitle(section: Pick<RecordSection, "type">, record: RecordValues, text: Text): string {
  const code = record[section.type.titleField];
  const name = section.type.fields.names ? text.name(record.names) : "";
  if (name !== "") return name;
  return typeof code === "string" && code !== "" ? code : String(record.id ?? "").slice(0, 8);
}

/** Code and names of a record that an answer mentions by id. */
interface Reference {
  type: string;
  country: string;
  code: string;
  names: Readonly<Record<string, string>>;
}

const references = new Map<string, Reference>();

/** What an earlier answer said about a mentioned record; undefined when none did. */
export function referenceOf(id: string): Reference | undefined {
  return references.get(id);
}

/** Drops what was learnt under another session. */
export function forgetReferences(): void {
  references.clear();
}

/** Keeps the names that come along with an answer, so that no screen asks for them one by one. */
function learning<Input, Options, Answer>(call: (input: Input, options?: Options) => Promise<Answer>) {
  return async (input: Input, options?: Options): Promise<Answer> => {
    const answer = await call(input, options);
    const known = (answer as { references?: Readonly<Record<string, Reference>> }).references ?? {};
    for (const [id, reference] of Object.entries(known)) references.set(id, reference);
    return answer;
  };
}

const clients = new WeakMap<RecordRoutes, Client<RecordRoutes>>();

/** The typed client of a section; made once. */
export function clientOf(section: RecordSection): Client<RecordRoutes> {
  let client = clients.get(section.routes);
  if (!client) {
    const plain = createClient(section.routes);
    client = {
      ...plain,
      list: learning(plain.list),
      counts: learning(plain.counts),
      get: learning(plain.get),
      history: learning(plain.history),
      correct: learning(plain.correct),
      create: learning(plain.create),
    };
    clients.set(section.routes, client);
  }
  return client;
}

const positionNames = new Set(Object.keys(positionFields("public", ["Point"])));

/** The fields of a type in the groups in which a record page and a form show them. */
export function fieldGroups(type: RecordType): { id: "general" | "place" | "notes" | "record"; fields: string[] }[] {
  const groups = { general: [] as string[], place: [] as string[], notes: [] as string[], record: [] as string[] };
  for (const [name, field] of Object.entries(type.fields)) {
    if (name.endsWith("Precision") && type.fields[name.slice(0, -9)]) continue;
    if (name in commonFields) {
      if (name !== "country") groups.record.push(name);
      else groups.place.push(name);
    } else if (positionNames.has(name) || ["unit", "units"].includes(field.kind) || name.startsWith("unit"))
      groups.place.push(name);
    else if (field.kind === "long-text" || name === "source") groups.notes.push(name);
    else groups.general.push(name);
  }
  return (["general", "place", "notes", "record"] as const)
    .map((id) => ({ id, fields: groups[id] }))
    .filter((group) => group.fields.length > 0);
}
