import type { Areal, SurveyNeighbour } from "@santi/land-geometry";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import type { Part } from "../contract-body.ts";
import { reports } from "./client.ts";

/** The outline in which a piece of ground should lie, and the ground around it that is recorded or reported already. */
export function useGroundAround(about: {
  country: string;
  area: string | null;
  task: string | null;
  others: readonly Part[];
}): { task: Areal | undefined; neighbours: readonly SurveyNeighbour[] } {
  const { t } = useText();
  const { country, area, others } = about;
  const state = useQuery({
    queryKey: ["land-area-state", country, area],
    enabled: area !== null,
    staleTime: 60_000,
    queryFn: ({ signal }) => reports.area({ params: { country, id: area ?? "" } }, { signal }),
  });
  const shapes = JSON.stringify(others.map(({ id, geometry }) => [id, geometry]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pieces' shapes stand for the pieces.
  const neighbours = useMemo(
    (): SurveyNeighbour[] => [
      ...(state.data?.products ?? []).flatMap(({ id, kind, geometry }) =>
        geometry
          ? [{ id, label: t(`ledger.account.${kind}`), state: "released" as const, geometry: geometry as Areal }]
          : [],
      ),
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
    [state.data, shapes, t],
  );
  return { task: (state.data?.state?.perimeter as Areal | null) ?? undefined, neighbours };
}
