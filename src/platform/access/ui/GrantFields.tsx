import { fields } from "../../contract/fields.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { RecordPicker } from "../../ui/records/RecordPicker.tsx";
import { useCountryName, useRecords } from "../../ui/records/records-context.ts";
import { Select } from "../../ui/Select.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { type GrantInput, grantableRoles } from "../contract-administration.ts";

const organisationField = fields.organisation("public");

/** A grant while it is being chosen; empty texts stand for all countries and no organisation. */
export interface GrantDraft {
  role: GrantInput["role"];
  country: string;
  organisation: string;
}

export const emptyGrant: GrantDraft = { role: "data-entry", country: "", organisation: "" };

/** The grant that a draft stands for. */
export function grantOf({ role, country, organisation }: GrantDraft): GrantInput {
  return { role, country: country || null, organisation: organisation || null };
}

/** Chooses a role, where it holds, and on whose behalf. */
export function GrantFields(props: {
  value: GrantDraft;
  onChange: (grant: GrantDraft) => void;
  /** Countries that may be chosen; null when "all countries" may be too. */
  countries: readonly string[] | null;
}) {
  const { t } = useText();
  const countryName = useCountryName();
  const { countries } = useRecords();
  const { value, onChange } = props;
  const codes = props.countries ?? [...countries.keys()];
  return (
    <div className={surfaces.gridTwo}>
      <Select
        label={t("access.role")}
        value={value.role}
        onChange={(role) => onChange({ ...value, role: role as GrantDraft["role"] })}
        options={grantableRoles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      />
      <Select
        label={t("field.country")}
        value={value.country}
        onChange={(country) => onChange({ ...value, country, organisation: "" })}
        options={codes.map((code) => ({ value: code, label: countryName(code) }))}
        {...(props.countries === null ? { empty: t("app.country.all") } : {})}
      />
      {value.country !== "" && (
        <RecordPicker
          label={t("field.organisation")}
          hint={t("access.organisation.hint")}
          field={organisationField}
          country={value.country}
          value={value.organisation}
          onChange={(organisation) => onChange({ ...value, organisation })}
        />
      )}
    </div>
  );
}
