import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { ExploreBody, ExplorerOutput } from "../contract-explorer.ts";
import styles from "./access.module.css";
import { explorer, peopleText, unitName } from "./client.ts";
import type { MapPlace } from "./DropTool.tsx";

/** How many places the explorer proposes at once. */
const wanted = 3;

/** Services that might be: dropped on the map, typed, or proposed where they would help most. */
export function Proposals(props: {
  body: ExploreBody;
  minutes: number;
  states: ExplorerOutput["proposals"];
  dropping: boolean;
  onDropping: (dropping: boolean) => void;
  onChange: (places: readonly MapPlace[]) => void;
}) {
  const text = useText();
  const { t } = text;
  const { body, minutes, states, dropping, onDropping, onChange } = props;
  const places = body.proposals;
  const [typed, setTyped] = useState<{ longitude: number | null; latitude: number | null }>({
    longitude: null,
    latitude: null,
  });
  const suggest = useMutation({
    mutationFn: () => explorer.suggest({ body: { ...body, threshold: minutes, count: wanted } }),
  });
  const add = (place: MapPlace) => onChange([...places, place]);
  const { longitude, latitude } = typed;
  return (
    <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby="proposals">
      <h2 id="proposals">{t("access-to-care.explorer.proposals")}</h2>
      <div className={surfaces.row}>
        <Button icon="add" aria-pressed={dropping} onClick={() => onDropping(!dropping)}>
          {t("access-to-care.explorer.drop")}
        </Button>
        <Button icon="priority" busy={suggest.isPending} onClick={() => suggest.mutate()}>
          {t("access-to-care.explorer.suggest")}
        </Button>
      </div>
      {dropping && <p className={surfaces.muted}>{t("access-to-care.explorer.drop.hint")}</p>}
      {suggest.isError && <ProblemNotice problem={suggest.error} />}
      {suggest.data && (
        <ul className={styles.drops} aria-label={t("access-to-care.explorer.suggestions", { minutes })}>
          {suggest.data.places.length === 0 && <li>{t("access-to-care.explorer.suggest.none")}</li>}
          {suggest.data.places.map((place, i) => (
            <li key={`${place.longitude},${place.latitude}`}>
              <span>
                {t("access-to-care.explorer.suggestion", {
                  number: i + 1,
                  unit: unitName(text, suggest.data.references, place.unit),
                  people: peopleText(text, place.people),
                })}
              </span>
              <Button
                small
                aria-label={t("access-to-care.explorer.put-here", { number: i + 1 })}
                onClick={() => add({ longitude: place.longitude, latitude: place.latitude })}
              >
                {t("access-to-care.explorer.put")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {places.length > 0 && (
        <ul className={styles.drops} aria-label={t("access-to-care.explorer.proposals")}>
          {places.map((place, i) => {
            const state = states[i];
            return (
              <li key={`${place.longitude},${place.latitude}`}>
                <span>
                  {t("access-to-care.explorer.proposal", { number: i + 1 })}{" "}
                  <span className={surfaces.muted}>
                    {place.latitude.toFixed(4)}, {place.longitude.toFixed(4)}
                    {state && state.state !== "used" && (
                      <> · {t(`access-to-care.state.${state.state}`, { metres: state.snappedMetres ?? 0 })}</>
                    )}
                  </span>
                </span>
                <Button
                  small
                  aria-label={t("access-to-care.explorer.remove-number", { number: i + 1 })}
                  onClick={() => onChange(places.filter((_, at) => at !== i))}
                >
                  {t("access-to-care.explorer.remove")}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      <details>
        <summary>{t("access-to-care.explorer.type-place")}</summary>
        <div className={styles.filters}>
          <NumberField
            label={t("access-to-care.explorer.latitude")}
            min={-90}
            max={90}
            value={latitude}
            onChange={(value) => setTyped({ ...typed, latitude: value })}
          />
          <NumberField
            label={t("access-to-care.explorer.longitude")}
            min={-180}
            max={180}
            value={longitude}
            onChange={(value) => setTyped({ ...typed, longitude: value })}
          />
          <Button
            disabled={longitude === null || latitude === null}
            onClick={() => {
              if (longitude === null || latitude === null) return;
              add({ longitude, latitude });
              setTyped({ longitude: null, latitude: null });
            }}
          >
            {t("access-to-care.explorer.add")}
          </Button>
        </div>
      </details>
    </section>
  );
}
