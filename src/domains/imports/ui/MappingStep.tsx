import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { emptyMapping, type ImportDraft, mappingFrom } from "./import-draft.ts";
import { OwnMappingForm } from "./OwnMappingForm.tsx";
import { ProfileChoice, ProfileSummary } from "./ProfileChoice.tsx";
import type { ImportPlan } from "./use-import-plan.ts";

/** The choice of a profile, or a mapping of one's own that begins with what the columns suggest. */
export function MappingStep(props: {
  draft: ImportDraft;
  plan: ImportPlan;
  onChange: (change: Partial<ImportDraft>) => void;
}) {
  const { t, name } = useText();
  const { sections } = useRecords();
  const { draft, plan, onChange } = props;
  if (plan.problem) return <ErrorState problem={plan.problem} onRetry={plan.retry} />;
  if (plan.pending) return <Skeleton lines={8} />;
  const known = plan.profiles.find(({ profile }) => profile.id === plan.chosen);
  const adapt = () => {
    if (!known) return;
    const { profile } = known;
    const start = emptyMapping(profile.recordType, known.shipped ? "" : name(profile.names));
    onChange({
      profile: "",
      recordType: profile.recordType,
      own: mappingFrom(start, profile, new Set(plan.columns.map((column) => column.name))),
    });
  };
  return (
    <div className={surfaces.stack}>
      <div className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
        <ProfileChoice profiles={plan.profiles} value={plan.chosen} onChange={(profile) => onChange({ profile })} />
        {known && <ProfileSummary profile={known.profile} />}
        {known && !known.profile.routes && !known.profile.explode && (
          <div>
            <Button small onClick={adapt}>
              {t("imports.page.profile.adapt")}
            </Button>
          </div>
        )}
        {plan.chosen === "" && (
          <Select
            label={t("imports.record-type")}
            required
            value={plan.recordType}
            empty={t("imports.page.choose")}
            onChange={(recordType) => onChange({ profile: "", recordType, own: null, unknownValues: {} })}
            options={[...sections.keys()].map((value) => ({ value, label: t(`records.${value}`) }))}
          />
        )}
      </div>
      {plan.chosen === "" && plan.own && plan.section && (
        <OwnMappingForm
          key={plan.recordType}
          country={draft.country}
          section={plan.section}
          columns={plan.columns}
          hasShapes={plan.hasShapes}
          own={plan.own}
          onChange={(own) => onChange({ profile: "", own })}
          unknown={draft.unknownValues}
          profile={plan.profile}
        />
      )}
    </div>
  );
}
