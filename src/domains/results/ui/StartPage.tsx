import { useOwnSession } from "../../../platform/access/ui/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { newPath, sections } from "./index.ts";

/** Where to enter and to find what belongs to programmes, and the report that counts it. */
export function StartPage() {
  const { t } = useText();
  const [search] = useAddress();
  const { home } = useRecords();
  const session = useOwnSession();
  const writes = session.data?.rights.includes("results.write") ?? false;
  const country = search.country ?? home ?? undefined;
  const of = country ? { country } : {};
  return (
    <>
      <PageHeader
        title={t("results.start.title")}
        lead={t("results.start.lead")}
        actions={
          <AppLink to="/reports" search={{ ...of, definition: "donor-results" }} className={buttonClass("primary")}>
            <Icon name="file" />
            <span>{t("reporting.definition.donor-results")}</span>
          </AppLink>
        }
      />
      <ul className={surfaces.stack} style={{ listStyle: "none", padding: 0 }}>
        {sections.map((section) => {
          const { name } = section.type;
          return (
            <li key={name} className={`${surfaces.card} ${surfaces.pad} ${surfaces.row} ${surfaces.spread}`}>
              <span>
                <AppLink to={section.path} search={of}>
                  <strong>{t(`records.${name}`)}</strong>
                </AppLink>
                <p className={surfaces.muted}>{t(`results.start.${name.slice("results.".length)}`)}</p>
              </span>
              {writes && (
                <AppLink to={newPath(section)} search={of} className={buttonClass()}>
                  <Icon name="add" />
                  <span>{t("ui.create.title", { record: t(`record.${name}`) })}</span>
                </AppLink>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
