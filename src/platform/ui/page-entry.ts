import type { ComponentType } from "react";
import type { Search } from "./address.ts";
import type { IconName } from "./Icon.tsx";
import type { NavGroup } from "./records/section.ts";

/** A page that is not made from a record type; domains export such entries and the application composes them. */
export interface PageEntry {
  /** Path within the application; `$name` stands for a part of it. */
  path: string;
  /** Key of its name in the navigation and of its title. */
  labelKey: string;
  icon: IconName;
  group: NavGroup;
  /** The right without which it is not offered; the server decides anyway. */
  right?: string;
  /** Whether the navigation lists it; pages below another one are not listed. */
  nav: boolean;
  /** Rights of which one makes it worth listing; others may open it all the same. Left out: listed with `right`. */
  listedWith?: readonly string[];
  /** What waits for people (`platform/work`) and is shown on it in full, with the filters for it. */
  waits?: readonly { kind: string; search?: Search }[];
  /** Load it when it is shown: `later(() => import("./SomePage.tsx").then((m) => m.SomePage))`. */
  Page: ComponentType;
}
