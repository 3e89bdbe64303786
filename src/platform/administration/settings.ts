import { languages } from "../contract/fields.ts";
import { sensitivityLevels, sensitivityOfRank } from "../contract/sensitivity.ts";
import type { Tx } from "../database/types.ts";
import type { RecordDefinition } from "../records/definition.ts";
import { levelSettingName, listRowsSetting } from "../records/store.ts";
import { type Setting, type SettingKind, type SettingValue, setting, settingSchema } from "./setting.ts";
import { findSettings } from "./settings-store.ts";

/** The name of the programme or authority that runs the node, in each language. */
export const nodeName = setting("node.name", { kind: "names", maxLength: 200, long: false }, {}, { open: true });

/** The language in which somebody without a choice of their own is met. */
export const nodeLanguage = setting(
  "node.language",
  { kind: "choice", values: languages, labels: "administration.language" },
  "en",
  { open: true },
);

/** Who runs the node and how to reach them, for people who cannot sign in. */
export const nodeContact = setting("node.contact", { kind: "names", maxLength: 1000, long: true }, {}, { open: true });

/** Rows on a page of a list. */
export const listRows = setting(
  listRowsSetting.name,
  { kind: "integer", min: 10, max: 200 },
  listRowsSetting.fallback,
  {
    scope: "country",
    open: true,
  },
);

/** The level of new records of a type, by country; the domain's own default counts until somebody chooses. */
export function levelSetting(definition: Pick<RecordDefinition, "type" | "defaultLevel">) {
  return setting(
    levelSettingName(definition.type.name),
    { kind: "choice", values: sensitivityLevels, labels: "sensitivity" },
    sensitivityOfRank(definition.defaultLevel),
    { scope: "country", key: "records.level", about: definition.type.name },
  );
}

/** The settings that every node has. */
export function coreSettings(definitions: readonly RecordDefinition[]): readonly Setting[] {
  return [nodeName, nodeLanguage, nodeContact, listRows, ...definitions.map(levelSetting)];
}

/** The value in force: the country's own, else the one for all, else the default. */
export function effectiveValue<K extends SettingKind>(
  of: Setting<K>,
  country: string | null,
  stored: readonly { name: string; country: string; value: unknown }[],
): { value: SettingValue<K>; source: "country" | "node" | "default" } {
  const places = of.scope === "country" && country !== null ? [country, ""] : [""];
  for (const place of places) {
    const row = stored.find((each) => each.name === of.name && each.country === place);
    // What an older or newer program stored and this one does not take counts as not chosen.
    const checked = row && settingSchema(of.kind).safeParse(row.value);
    if (checked?.success) return { value: checked.data as SettingValue<K>, source: place === "" ? "node" : "country" };
  }
  return { value: of.default, source: "default" };
}

/** Reads the value in force of one setting. */
export async function readSetting<K extends SettingKind>(
  tx: Tx,
  of: Setting<K>,
  country: string | null = null,
): Promise<SettingValue<K>> {
  return effectiveValue(of, country, await findSettings(tx, country, [of.name])).value;
}
