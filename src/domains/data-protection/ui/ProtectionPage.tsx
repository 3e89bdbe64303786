import { useOwnSession } from "../../../platform/access/ui/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Tabs } from "../../../platform/ui/Tabs.tsx";
import { DisclosuresTab, OpeningsTab, RequestsTab } from "./lists.tsx";
import { WordingsTab } from "./WordingsTab.tsx";

/** What the data-protection officer of a country watches: openings, requests, what was passed on, and wordings. */
export function ProtectionPage() {
  const { t } = useText();
  const [search, setSearch] = useAddress();
  const { home } = useRecords();
  const session = useOwnSession();
  const country = search.country ?? home ?? "";
  const oversees = session.data?.rights.includes("data-protection.oversee") ?? false;
  const tabs = [
    ...(oversees
      ? [
          {
            id: "openings",
            label: t("data-protection.openings.title"),
            content: <OpeningsTab country={country} person={search.person} />,
          },
        ]
      : []),
    { id: "requests", label: t("data-protection.requests.title"), content: <RequestsTab country={country} /> },
    ...(oversees
      ? [
          {
            id: "disclosures",
            label: t("data-protection.disclosures.title"),
            content: <DisclosuresTab country={country} />,
          },
        ]
      : []),
    { id: "wordings", label: t("data-protection.wordings.title"), content: <WordingsTab country={country} /> },
  ];
  return (
    <>
      <PageHeader title={t("data-protection.title")} lead={t("data-protection.lead")} />
      <div className={surfaces.stack}>
        {home === null && (
          <CountrySelect
            value={country}
            empty={t("data-protection.country")}
            onChange={(value) => setSearch(changeSearch(search, { country: value || undefined }))}
          />
        )}
        {country === "" ? (
          <EmptyState icon="lock" title={t("data-protection.country")} />
        ) : (
          <Tabs
            label={t("data-protection.title")}
            tabs={tabs}
            value={search.tab ?? tabs[0]?.id ?? ""}
            onChange={(tab) => setSearch(changeSearch(search, { tab }))}
          />
        )}
      </div>
    </>
  );
}
