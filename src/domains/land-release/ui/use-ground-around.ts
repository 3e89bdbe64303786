import type { Areal, SurveyNeighbour } from "@santi/land-geometry";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { boundsOf } from "../../../platform/ui/records/bounds.ts";
import type { Part } from "../contract-body.ts";
import type { Outcome } from "../model.ts";
import { reports } from "./client.ts";
import { boxAround } from "./ground-box.ts";

/** Ground that lies outside its area on purpose. */
const beyond: readonly Outcome[] = ["identified", "missed-item", "boundary-increase"];

/**
 * The outline in which a piece of ground should lie, and the ground around it that is recorded or reported already: land
 * that was released, other open areas, and the other pieces of the same report.
 */
export function useGroundAround(about: {
  country: string;
  area: string | null;
  task: string | null;
  part: Part;
  others: readonly Part[];
}): { task: Areal | undefined; neighbours: readonly SurveyNeighbour[]; truncated: boolean } {
  const { t, format } = useText();
  const { country, area, task, part, others } = about;
  const state = useQuery({
    queryKey: ["land-area-state", country, area],
    enabled: area !== null,
    staleTime: 60_000,
    queryFn: ({ signal }) => reports.area({ params: { country, id: area ?? "" } }, { signal }),
  });
  const perimeter = state.data?.state?.perimeter ?? null;
  const box = boxAround([part.geometry, perimeter].map((shape) => shape && boundsOf(shape, 0)));
  const around = useQuery({
    queryKey: ["land-surroundings", country, area, task, box],
    enabled: box !== null && !(area !== null && state.isPending),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      reports.surroundings(
        {
          query: {
            country,
            bbox: (box ?? []).join(","),
            ...(area ? { area } : {}),
            ...(task ? { task } : {}),
          } as never,
        },
        { signal },
      ),
  });
  const shapes = JSON.stringify(others.map(({ id, geometry }) => [id, geometry]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pieces' shapes stand for the pieces.
  const neighbours = useMemo(
    (): SurveyNeighbour[] => [
      ...(around.data?.areas ?? [])
        .filter(({ id }) => id !== area)
        .map(({ id, code, ground }) => ({
          id,
          label: code ?? t("land-reports.not-open-to-you"),
          state: "open" as const,
          geometry: ground as Areal,
        })),
      ...(around.data?.released ?? []).map(({ areaCode, kind, effectiveOn, geometry }, at) => ({
        id: `released ${at}`,
        label: t("land-reports.released-ground", {
          kind: t(`ledger.account.${kind}`),
          area: areaCode ?? "",
          date: format.date(effectiveOn),
        }),
        state: "released" as const,
        geometry: geometry as Areal,
      })),
      ...others.flatMap(({ id, geometry }, at) =>
        geometry
          ? [
              {
                id,
                label: t("land-reports.part.other", { number: at + 1 }),
                state: "open" as const,
                geometry: geometry as Areal,
              },
            ]
          : [],
      ),
    ],
    [around.data, area, shapes, t, format],
  );
  const limits = around.data?.task?.geometry ?? perimeter;
  return {
    task: beyond.includes(part.outcome) ? undefined : ((limits as Areal | null) ?? undefined),
    neighbours,
    truncated: around.data?.truncated ?? false,
  };
}
