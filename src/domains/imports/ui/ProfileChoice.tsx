import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { RadioGroup } from "../../../platform/ui/RadioGroup.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Profile, routesOf } from "../profile.ts";

/** A profile that the program or the country keeps, and how well it fits the first file; null when it does not. */
export interface KnownProfile {
  profile: Profile;
  shipped: boolean;
  fit: number | null;
}

/** The choice between known profiles, best first, and a mapping of one's own. */
export function ProfileChoice(props: {
  profiles: readonly KnownProfile[];
  /** Id of a profile; empty for the own mapping. */
  value: string;
  onChange: (id: string) => void;
}) {
  const text = useText();
  const { t } = text;
  const label = ({ profile, shipped, fit }: KnownProfile) => {
    const name = text.name(profile.names) || profile.id;
    const known = fit === null ? name : t("imports.profile.fits", { name, fit });
    return shipped ? `${known} · ${t("imports.profile.shipped")}` : known;
  };
  return (
    <RadioGroup
      legend={t("imports.profile.choose")}
      value={props.value}
      onChange={props.onChange}
      options={[
        ...props.profiles.map((known) => ({ value: known.profile.id, label: label(known) })),
        { value: "", label: t("imports.profile.own") },
      ]}
    />
  );
}

/** What a known profile does: its notes, and which columns become which records. */
export function ProfileSummary({ profile }: { profile: Profile }) {
  const text = useText();
  const { t } = text;
  const notes = text.name(profile.notes);
  return (
    <div className={surfaces.stack}>
      {notes !== "" && <p>{notes}</p>}
      {routesOf(profile).map(({ recordType, columns }, index) => (
        <details key={`${recordType}/${String(index)}`} className={surfaces.small}>
          <summary>{t(`records.${recordType}`)}</summary>
          <dl className={surfaces.diff}>
            {columns.map(({ field, column, columns: several, constant }) => (
              <div key={field} style={{ display: "contents" }}>
                <dt>{text.field(recordType, field.split(".")[0] ?? field)}</dt>
                <dd>{column ?? several?.join(" + ") ?? t("imports.page.always", { value: String(constant) })}</dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
      {profile.position?.datum && (
        <p className={surfaces.small}>
          {t("imports.position.datum")}: {text.code("datum", profile.position.datum)}
        </p>
      )}
    </div>
  );
}
