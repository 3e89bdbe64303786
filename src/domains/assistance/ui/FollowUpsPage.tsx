import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import styles from "./assistance.module.css";
import { care } from "./client.ts";
import { casePath } from "./index.ts";

/** Follow-ups that are due within two weeks or overdue: the reader's own, or all within reach. */
export function FollowUpsPage() {
  const text = useText();
  const { t, format } = text;
  const [search, setSearch] = useAddress();
  const { home, countries } = useRecords();
  const [only] = countries.keys();
  const country = search.country ?? home ?? only ?? "";
  const mine = search.mine !== "false";
  const list = useQuery({
    queryKey: ["assistance", "follow-ups", country, mine],
    enabled: country !== "",
    queryFn: ({ signal }) => care.followUps({ query: { country, mine: mine ? "true" : "false" } }, { signal }),
  });
  return (
    <>
      <PageHeader
        title={t("assistance.follow-ups.title")}
        lead={list.data && t("assistance.follow-ups.lead", { total: list.data.total, overdue: list.data.overdue })}
      />
      <div className={surfaces.stack}>
        <Checkbox
          label={t("assistance.only-mine")}
          checked={mine}
          onChange={(on) => setSearch(changeSearch(search, { mine: on ? undefined : "false" }))}
        />
        <div className={surfaces.card}>
          {list.isPending && country !== "" && <Skeleton lines={6} />}
          {list.isError && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
          {list.data?.items.length === 0 && (
            <EmptyState icon="check" title={t("assistance.follow-ups.none")}>
              {t("assistance.follow-ups.none.hint")}
            </EmptyState>
          )}
          <ul>
            {list.data?.items.map((item) => (
              <li key={item.id} className={styles.line}>
                <div>
                  <strong>
                    <AppLink to={casePath({ country, id: item.caseId })}>{item.caseCode}</AppLink>
                  </strong>{" "}
                  {text.code("follow-up-kind", item.kind)}
                  <p className={surfaces.muted}>{[item.detail, item.assigneeName].filter(Boolean).join(" · ")}</p>
                </div>
                <StatusTag tone={item.daysLate > 0 ? "bad" : "neutral"}>
                  {item.daysLate > 0 ? t("assistance.days-late", { days: item.daysLate }) : format.date(item.dueOn)}
                </StatusTag>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </>
  );
}
