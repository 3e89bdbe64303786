import type { IconName } from "../../platform/ui/Icon.tsx";
import type { NavGroup, RecordSection } from "../../platform/ui/records/section.ts";
import { pages, sections } from "./compose.ts";

/** One entry of the navigation. */
export interface NavEntry {
  path: string;
  labelKey: string;
  icon: IconName;
  group: NavGroup;
  /** Offered on a phone's bottom bar. */
  primary: boolean;
}

/** The record types that a person with these rights may read. */
export function readable(rights: readonly string[]): RecordSection[] {
  return sections.filter(({ routes }) => routes.list.right === "open" || rights.includes(routes.list.right));
}

/** What a person with these rights is offered. */
export function navigation(rights: readonly string[]): NavEntry[] {
  const held = new Set(rights);
  const lists = readable(rights).map((section, index) => ({
    path: section.path,
    labelKey: `records.${section.type.name}`,
    icon: section.icon,
    group: section.group,
    primary: index < 2,
  }));
  const others = pages
    .filter((page) => page.nav && (page.right === undefined || held.has(page.right)))
    .filter((page) => page.listedWith?.some((right) => held.has(right)) ?? true)
    .map((page) => ({ path: page.path, labelKey: page.labelKey, icon: page.icon, group: page.group, primary: false }));
  return [
    { path: "/", labelKey: "app.overview", icon: "overview", group: "work", primary: true },
    { path: "/map", labelKey: "app.map", icon: "map", group: "work", primary: true },
    ...lists,
    ...others,
  ];
}
