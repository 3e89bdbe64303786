import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useText } from "../../i18n/I18nProvider.tsx";
import { useAddress } from "../../ui/address.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { fieldProblem } from "../../ui/problem-text.ts";
import { useCountryName } from "../../ui/records/records-context.ts";
import { Skeleton } from "../../ui/Skeleton.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { useToast } from "../../ui/Toast.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import type { SettingOutput } from "../contract-settings.ts";
import type { SettingKind } from "../setting.ts";
import styles from "./administration.module.css";
import { administration } from "./client.ts";
import { SettingControl } from "./SettingControl.tsx";

function SettingForm({ item, country }: { item: SettingOutput; country: string | null }) {
  const text = useText();
  const { t, format } = text;
  const queries = useQueryClient();
  const toast = useToast();
  const draft = useDraft(`settings/${item.name}/${country ?? ""}`, item.value);
  const save = useMutation({
    mutationFn: (value: unknown) =>
      administration.changeSetting({ params: { name: item.name }, body: { country, value, expected: item.changedAt } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["settings"] });
      draft.clear();
      toast({ text: t("settings.saved") });
    },
  });
  const value = draft.touched ? draft.value : item.value;
  const changed = JSON.stringify(value) !== JSON.stringify(item.value);
  return (
    <Form onSubmit={() => save.mutate(value)} problem={save.error} draft={draft}>
      <div className={styles.control}>
        <SettingControl
          kind={item.kind as SettingKind}
          label={t(`setting.${item.key}`, { records: item.about ? t(`records.${item.about}`) : "" })}
          hint={t(`setting.${item.key}.help`)}
          problem={fieldProblem(text, save.error, "value")}
          disabled={!item.changeable}
          value={value}
          onChange={draft.set}
        />
      </div>
      <div className={surfaces.row}>
        {item.changeable && (
          <Button type="submit" small tone={changed ? "primary" : "plain"} disabled={!changed} busy={save.isPending}>
            {t("settings.save")}
          </Button>
        )}
        {item.changeable && item.changedAt !== null && (
          <Button small tone="quiet" busy={save.isPending} onClick={() => save.mutate(null)}>
            {t("settings.reset")}
          </Button>
        )}
        <span className={`${surfaces.small} ${surfaces.muted}`}>
          {item.changedAt === null
            ? t(`settings.source.${item.source}`)
            : t("settings.chosen", { when: format.dateTime(item.changedAt), by: item.changedBy ?? t("audit.program") })}
        </span>
      </div>
    </Form>
  );
}

/** What a node or a country chose about how the program works. */
export function SettingsPage() {
  const { t } = useText();
  const [search] = useAddress();
  const countryName = useCountryName();
  const country = search.country ?? null;
  const list = useQuery({
    queryKey: ["settings", country],
    queryFn: ({ signal }) => administration.settings({ query: country ? { country } : {} }, { signal }),
  });
  const groups = [
    { scope: "node", title: t("settings.node"), place: null },
    {
      scope: "country",
      title: country ? t("settings.country", { country: countryName(country) }) : t("settings.countries"),
      place: country,
    },
  ] as const;
  return (
    <>
      <PageHeader title={t("settings.title")} lead={t("settings.lead")} />
      {list.isPending && <Skeleton lines={8} />}
      {list.isError && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
      <div className={surfaces.stack}>
        {list.data &&
          groups.map(({ scope, title, place }) => (
            <section key={scope} className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-label={title}>
              <h2>{title}</h2>
              {scope === "country" && country === null && (
                <p className={surfaces.muted}>{t("settings.countries.hint")}</p>
              )}
              {list.data.items
                .filter((item) => item.scope === scope)
                .map((item) => (
                  <div key={`${item.name}/${place ?? ""}`} className={styles.setting}>
                    <SettingForm item={item} country={place} />
                  </div>
                ))}
            </section>
          ))}
      </div>
    </>
  );
}
