import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type GoOptions, useAddress } from "../../../platform/ui/address.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import type { ExploreBody } from "../contract-explorer.ts";
import { choosableServices, minutesPerBin, seasons, thresholdRange, travelModes, usualServices } from "../model.ts";
import { access, explorer } from "./client.ts";
import type { MapPlace } from "./DropTool.tsx";

/** Proposed places in the address: `lon,lat;lon,lat`. */
export function readPlaces(text: string | undefined): MapPlace[] {
  return (text ?? "").split(";").flatMap((pair) => {
    const [longitude = Number.NaN, latitude = Number.NaN] = pair.split(",").map((part) => Number(part || Number.NaN));
    return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [{ longitude, latitude }] : [];
  });
}

/** The form of places in the address; undefined for none. */
export function writePlaces(places: readonly MapPlace[]): string | undefined {
  const text = places.map(({ longitude, latitude }) => `${longitude},${latitude}`).join(";");
  return text === "" ? undefined : text;
}

/** What the address says about the explorer, with what it leaves open filled in, and the answers to it. */
export function useExplorer() {
  const [search, setSearch] = useAddress();
  const { countries, home } = useRecords();
  const terrains = useQuery({
    queryKey: ["access-to-care", "terrains"],
    queryFn: ({ signal }) => access.terrains({}, { signal }),
    staleTime: 60_000,
  });
  const ready = (terrains.data?.items ?? []).filter((terrain) => terrain.ready);
  const covered = [...countries.keys()].filter((code) => ready.some(({ country }) => country === code));
  const country =
    search.country ?? (home && covered.includes(home) ? home : (covered[0] ?? home ?? [...countries.keys()][0]));
  const grounds = ready.filter((terrain) => terrain.country === country);
  const terrain = grounds.find(({ id }) => id === search.ground) ?? grounds[0];
  const services = choosableServices.filter((code) => search.services?.split(",").includes(code));
  const typed = Number(search.minutes ?? 120);
  const inRange = typed >= thresholdRange.min && typed <= thresholdRange.max;
  const minutes = inRange ? Math.round(typed / minutesPerBin) * minutesPerBin : 120;
  const body: ExploreBody = {
    country: country ?? "",
    terrain: terrain?.id ?? "",
    services: services.length > 0 ? services : [...usualServices],
    mode: travelModes.find((mode) => mode === search.mode) ?? "motorised",
    season: seasons.find((season) => season === search.season) ?? "dry",
    hazards: search.hazards === "closed",
    proposals: readPlaces(search.places),
  };
  const ask = (asked: ExploreBody, enabled: boolean) => ({
    queryKey: ["access-to-care", "explore", asked],
    enabled: enabled && terrain !== undefined,
    queryFn: ({ signal }: { signal: AbortSignal }) => explorer.explore({ body: asked }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  });
  const answer = useQuery(ask(body, true));
  const today = useQuery(ask({ ...body, proposals: [] }, body.proposals.length > 0));
  const set = (changes: Record<string, string | undefined>, options?: GoOptions) =>
    setSearch({ ...search, ...changes }, options);
  return { search, set, terrains, grounds, terrain, country, body, minutes, answer, today };
}
