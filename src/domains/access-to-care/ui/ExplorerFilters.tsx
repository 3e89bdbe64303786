import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { needKinds, servicesFor } from "../../services/model.ts";
import type { ExploreBody } from "../contract-explorer.ts";
import { choosableServices, seasons, travelModes } from "../model.ts";
import styles from "./access.module.css";

/** Choices that stand for several services: all that answer a need. */
const groupOf = (services: readonly string[]) =>
  needKinds.find(
    (need) =>
      servicesFor[need].length > 1 &&
      servicesFor[need].length === services.length &&
      servicesFor[need].every((code) => services.includes(code)),
  );

/** Where, which services, how people travel, and whether contaminated land is closed to them. */
export function ExplorerFilters(props: {
  body: ExploreBody;
  grounds: readonly { id: string; name: string }[];
  maySeeHazards: boolean;
  /** The country is chosen in the frame of the page already. */
  scoped: boolean;
  onChange: (changes: Record<string, string | undefined>) => void;
}) {
  const text = useText();
  const { t } = text;
  const { countries } = useRecords();
  const { body, grounds, maySeeHazards, scoped, onChange } = props;
  const group = groupOf(body.services);
  const [only] = body.services;
  return (
    <search className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
      <div className={styles.filters}>
        {countries.size > 1 && !scoped && (
          <CountrySelect
            value={body.country}
            onChange={(country) => onChange({ country, ground: undefined, places: undefined })}
          />
        )}
        {grounds.length > 1 && (
          <Select
            label={t("access-to-care.report.ground")}
            value={body.terrain}
            onChange={(ground) => onChange({ ground, places: undefined })}
            options={grounds.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <Select
          label={t("access-to-care.explorer.service")}
          value={group ? `need:${group}` : body.services.length === 1 ? (only ?? "") : ""}
          {...(group || body.services.length === 1 ? {} : { empty: t("access-to-care.explorer.usual") })}
          onChange={(value) => {
            const need = needKinds.find((kind) => value === `need:${kind}`);
            onChange({ services: need ? servicesFor[need].join(",") : value || undefined });
          }}
          options={[
            ...needKinds
              .filter((need) => servicesFor[need].length > 1)
              .map((need) => ({
                value: `need:${need}`,
                label: t("access-to-care.explorer.any-of", { need: text.code("need-kind", need) }),
              })),
            ...choosableServices.map((value) => ({ value, label: text.code("service", value) })),
          ]}
        />
        <Select
          label={t("access-to-care.report.mode")}
          value={body.mode}
          onChange={(mode) => onChange({ mode })}
          options={travelModes.map((value) => ({ value, label: text.code("travel-mode", value) }))}
        />
        <Select
          label={t("access-to-care.report.season")}
          value={body.season}
          onChange={(season) => onChange({ season })}
          options={seasons.map((value) => ({ value, label: text.code("season", value) }))}
        />
      </div>
      {maySeeHazards && (
        <Checkbox
          label={t("access-to-care.explorer.hazards")}
          hint={t("access-to-care.explorer.hazards.hint")}
          checked={body.hazards}
          onChange={(closed) => onChange({ hazards: closed ? "closed" : undefined })}
        />
      )}
    </search>
  );
}
