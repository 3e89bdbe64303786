import { type ReactNode, useEffect } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import { Breadcrumbs, type Crumb } from "./Breadcrumbs.tsx";
import styles from "./surfaces.module.css";

/** The head of a page: where it stands, its title (also the window's) and what can be done here. */
export function PageHeader(props: { title: string; crumbs?: readonly Crumb[]; lead?: ReactNode; actions?: ReactNode }) {
  const { t } = useText();
  const { title } = props;
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
  return (
    <header className={styles.header}>
      <div>
        {props.crumbs && <Breadcrumbs crumbs={props.crumbs} />}
        <h1>{title}</h1>
        {props.lead && <div className={styles.muted}>{props.lead}</div>}
      </div>
      {props.actions && <div className={styles.row}>{props.actions}</div>}
    </header>
  );
}
