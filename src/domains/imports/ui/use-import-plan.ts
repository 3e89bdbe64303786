import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import type { RecordSection } from "../../../platform/ui/records/section.ts";
import type { ProfileInput } from "../profile.ts";
import type { SourceColumn } from "./ColumnTable.tsx";
import {
  emptyMapping,
  type ImportDraft,
  mappingFrom,
  mappingLacks,
  type OwnMapping,
  profileOf,
  withReading,
} from "./import-draft.ts";
import type { KnownProfile } from "./ProfileChoice.tsx";
import { detectQuery, profilesQuery, suggestQuery } from "./queries.ts";

/** From this share of its columns on, a known profile is taken unless somebody chooses otherwise. */
const goodFit = 0.8;

/** What follows from the choices so far and from the files. */
export interface ImportPlan {
  pending: boolean;
  problem: unknown;
  retry: () => void;
  /** Known profiles, the best fitting first. */
  profiles: KnownProfile[];
  /** Id of the profile in force; empty for the own mapping. */
  chosen: string;
  columns: readonly SourceColumn[];
  hasShapes: boolean;
  recordType: string;
  section: RecordSection | undefined;
  own: OwnMapping | null;
  /** What would be sent; null while something is lacking. */
  profile: ProfileInput | null;
  /** What is lacking, as ends of `imports.page.lack.*` keys. */
  lacks: string[];
  /** Rows of the first file, an estimate; null when there is more than one or nobody can tell. */
  rows: number | null;
}

/** Reads the files' columns, the known profiles and the suggestions, and derives the profile that would be used. */
export function useImportPlan(draft: ImportDraft): ImportPlan {
  const { language } = useText();
  const { sections } = useRecords();
  const file = draft.step === "files" ? null : (draft.files[0]?.id ?? null);
  const [firstType = ""] = sections.keys();
  const detection = useQuery(detectQuery(file, draft.reading));
  const known = useQuery(profilesQuery(file === null ? "" : draft.country));
  // Which profiles fit does not depend on the record type; the suggested columns do.
  const suggestion = useQuery(suggestQuery(file, draft.recordType || firstType, draft.country));
  const queries = [detection, known, suggestion];

  const fits = new Map((suggestion.data?.fits ?? []).map(({ profile, fit }) => [profile, fit]));
  const profiles = (known.data?.items ?? [])
    .map(({ profile, shipped }): KnownProfile => ({ profile, shipped, fit: fits.get(profile.id) ?? null }))
    .sort((a, b) => (b.fit ?? 0) - (a.fit ?? 0));
  const best = profiles[0] && (profiles[0].fit ?? 0) >= goodFit ? profiles[0].profile.id : "";
  const chosen = draft.profile ?? best;
  const detected = detection.data?.detected;
  const columns = detected?.fields ?? [];
  const order = columns.map(({ name }) => name);
  const section = sections.get(draft.recordType);
  const own =
    draft.own ??
    (draft.recordType !== "" && suggestion.data
      ? mappingFrom(
          emptyMapping(draft.recordType, ""),
          {
            columns: suggestion.data.columns,
            position: suggestion.data.position as OwnMapping["position"],
            decimalComma: suggestion.data.decimalComma,
          },
          new Set(order),
        )
      : null);
  const taken = profiles.find(({ profile }) => profile.id === chosen)?.profile;
  const lacks = chosen !== "" ? [] : own && section ? mappingLacks(own, order) : ["record-type"];
  const profile = taken
    ? withReading(taken, draft.reading)
    : own && section && lacks.length === 0
      ? profileOf(own, section.type, order, language, draft.reading, draft.files[0]?.name)
      : null;
  const layer = detected?.layers.find(({ name }) => name === detected.layer);
  return {
    pending: file !== null && queries.some(({ isPending }) => isPending),
    problem: queries.find(({ isError }) => isError)?.error ?? null,
    retry: () => {
      for (const query of queries) if (query.isError) void query.refetch();
    },
    profiles,
    chosen,
    columns,
    hasShapes: (layer?.geometryType ?? null) !== null,
    recordType: draft.recordType,
    section,
    own,
    profile,
    lacks,
    rows: draft.files.length === 1 ? (layer?.rowsEstimate ?? null) : null,
  };
}
