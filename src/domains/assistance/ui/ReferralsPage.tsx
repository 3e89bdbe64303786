import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ListCard } from "../../../platform/ui/ListCard.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { nameOf } from "../../services/ui/index.ts";
import styles from "./assistance.module.css";
import { referralTones, referring } from "./client.ts";
import { referralPath } from "./index.ts";
import { LateTag } from "./LateTag.tsx";

const views = ["active", "late", "news", "ended", "all"] as const;

/** Referrals of the cases within reach: those on their way, those past their time, and answers nobody has looked at. */
export function ReferralsPage() {
  const text = useText();
  const { t, format } = text;
  const [search, setSearch] = useAddress();
  const { home, countries } = useRecords();
  const [only] = countries.keys();
  const country = search.country ?? home ?? only ?? "";
  const view = views.find((each) => each === search.view) ?? "active";
  const list = useQuery({
    queryKey: ["assistance", "referrals", country, view],
    enabled: country !== "",
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => referring.referrals({ query: { country, view } }, { signal }),
  });
  const counts: Readonly<Record<string, number>> = list.data?.counts ?? {};
  const { references = {} } = list.data ?? {};
  return (
    <>
      <PageHeader title={t("assistance.referrals.title")} lead={t("assistance.referrals.lead")} />
      <div className={surfaces.stack}>
        <search className={surfaces.gridTwo}>
          <Select
            label={t("assistance.view")}
            value={view}
            onChange={(value) => setSearch(changeSearch(search, { view: value }))}
            options={views.map((value) => ({
              value,
              label:
                counts[value] === undefined
                  ? t(`assistance.referral-view.${value}`)
                  : `${t(`assistance.referral-view.${value}`)} (${format.number(counts[value])})`,
            }))}
          />
        </search>
        {(counts.escalated ?? 0) > 0 && (
          <p role="status" className={`${surfaces.notice} ${surfaces.bad}`}>
            {t("assistance.escalated", { count: counts.escalated ?? 0 })}
          </p>
        )}
        <ListCard
          list={list}
          count={list.data?.items.length ?? 0}
          empty={
            <EmptyState icon="out" title={t("assistance.referrals.none")}>
              {t("assistance.referrals.none.hint")}
            </EmptyState>
          }
        >
          <ul>
            {list.data?.items.map((item) => (
              <li key={item.id} className={styles.line}>
                <div>
                  <strong>
                    <AppLink to={referralPath(item)}>{item.code}</AppLink>
                  </strong>
                  <p className={surfaces.muted}>
                    {[
                      item.caseCode,
                      nameOf(text, references, item.point) || nameOf(text, references, item.organisation),
                      ...item.services.map((code) => text.code("service", code)),
                    ].join(" · ")}
                  </p>
                </div>
                <div className={surfaces.row}>
                  {item.news && <StatusTag tone="info">{t("assistance.news")}</StatusTag>}
                  <LateTag of={item} />
                  <StatusTag {...referralTones[item.state]}>{text.code("referral-state", item.state)}</StatusTag>
                </div>
              </li>
            ))}
          </ul>
        </ListCard>
      </div>
    </>
  );
}
