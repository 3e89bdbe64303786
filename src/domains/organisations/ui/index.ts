import type { RecordSection } from "../../../platform/ui/records/section.ts";
import { organisation, routes } from "../contract.ts";
import { codeLists } from "../model.ts";

/** Organisations that work in mine action or serve survivors: list and page. */
export const organisations: RecordSection = {
  type: organisation,
  routes,
  path: "/organisations",
  icon: "organisation",
  group: "reference",
  codeLists,
  countBy: "type",
};

/** The record types that the organisations' domain offers. */
export const sections: readonly RecordSection[] = [organisations];
