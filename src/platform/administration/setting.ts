import { z } from "zod";
import { type Language, languages } from "../contract/fields.ts";

/** What a setting holds, as data: the form control and the validator are made from it. */
export const settingKind = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), maxLength: z.int() }),
  /** A text in each language. */
  z.object({ kind: z.literal("names"), maxLength: z.int(), long: z.boolean() }),
  z.object({ kind: z.literal("integer"), min: z.int(), max: z.int() }),
  z.object({ kind: z.literal("boolean") }),
  /** One of some codes; the label of a code is the message `<labels>.<code>`. */
  z.object({ kind: z.literal("choice"), values: z.array(z.string()), labels: z.string() }),
]);
export type SettingKind =
  | { kind: "text"; maxLength: number }
  | { kind: "names"; maxLength: number; long: boolean }
  | { kind: "integer"; min: number; max: number }
  | { kind: "boolean" }
  | { kind: "choice"; values: readonly string[]; labels: string };

/** The value of a setting of a kind. */
export type SettingValue<K extends SettingKind> = K extends { kind: "integer" }
  ? number
  : K extends { kind: "boolean" }
    ? boolean
    : K extends { kind: "names" }
      ? Partial<Record<Language, string>>
      : K extends { kind: "choice"; values: readonly (infer V)[] }
        ? V
        : string;

/**
 * One setting: the only place that says what it is, where it holds and what counts when nobody chose. Its label is the
 * message `setting.<key>`, its explanation `setting.<key>.help`.
 */
export interface Setting<K extends SettingKind = SettingKind> {
  /** Stable and unique, e.g. `land.closing-months`; the area comes first. */
  name: string;
  kind: K;
  default: SettingValue<K>;
  /** One value for the node, or one for each country with one below them for all that have none of their own. */
  scope: "node" | "country";
  /** Whether callers without an account may read it. */
  open: boolean;
  /** The message key when it is not the name, for settings that exist once for each record type. */
  key?: string;
  /** The record type that it is about; fills `{records}` of the label. */
  about?: string;
}

/** Declares a setting; it is the node's and closed unless said. */
export function setting<const K extends SettingKind>(
  name: string,
  kind: K,
  fallback: SettingValue<K>,
  options: Partial<Pick<Setting, "scope" | "open" | "key" | "about">> = {},
): Setting<K> {
  return { name, kind, default: fallback, scope: "node", open: false, ...options };
}

/** The validator of a setting's value. */
export function settingSchema(kind: SettingKind): z.ZodType {
  switch (kind.kind) {
    case "text":
      return z.string().trim().min(1).max(kind.maxLength);
    case "names":
      return z.partialRecord(z.enum(languages), z.string().trim().min(1).max(kind.maxLength));
    case "integer":
      return z.int().min(kind.min).max(kind.max);
    case "boolean":
      return z.boolean();
    case "choice":
      return z.enum(kind.values as [string, ...string[]]);
  }
}

/**
 * Joins the settings of several areas.
 * @throws Error when two have one name, or a default is not a value of its kind
 */
export function joinSettings(parts: readonly (readonly Setting[])[]): ReadonlyMap<string, Setting> {
  const joined = new Map<string, Setting>();
  for (const each of parts.flat()) {
    if (joined.has(each.name)) throw new Error(`Two settings are named "${each.name}"`);
    if (!settingSchema(each.kind).safeParse(each.default).success)
      throw new Error(`The default of the setting "${each.name}" is not one of its values`);
    joined.set(each.name, each);
  }
  return joined;
}
