import { useOwnSession } from "../../../platform/access/ui/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { buttonClass } from "../../../platform/ui/Button.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { ProjectPanel } from "../../reporting/ui/index.ts";
import { newPath, sections } from "./index.ts";

/** What belongs to a project: ways to its records and to new ones, then what it came to. */
export function ProjectPanels({ record }: { record: RecordItem }) {
  const { t } = useText();
  const session = useOwnSession();
  const writes = session.data?.rights.includes("results.write") ?? false;
  const { country, id } = record;
  const parts = sections.filter(({ type }) => type.fields.project);
  return (
    <div className={surfaces.stack}>
      <section className={`${surfaces.card} ${surfaces.pad}`} aria-labelledby="project-parts">
        <h2 id="project-parts">{t("results.parts.title")}</h2>
        <ul className={surfaces.stack} style={{ listStyle: "none", padding: 0 }}>
          {parts.map((section) => {
            const { name } = section.type;
            return (
              <li key={name} className={`${surfaces.row} ${surfaces.spread}`}>
                <AppLink to={section.path} search={{ country, "filter.project": id }}>
                  {t(`records.${name}`)}
                </AppLink>
                {writes && (
                  <AppLink to={newPath(section)} search={{ country, "value.project": id }} className={buttonClass()}>
                    <Icon name="add" />
                    <span>{t("ui.create.title", { record: t(`record.${name}`) })}</span>
                  </AppLink>
                )}
              </li>
            );
          })}
        </ul>
      </section>
      <ProjectPanel record={record} />
    </div>
  );
}
