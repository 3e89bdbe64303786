import { useText } from "../i18n/I18nProvider.tsx";
import { AppLink } from "./AppLink.tsx";
import styles from "./surfaces.module.css";

/** A step of the way to this page. */
export interface Crumb {
  label: string;
  /** Path within the application; left out for the page itself. */
  to?: string;
  search?: Record<string, string | undefined>;
}

/** The way from the start to this page. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { t } = useText();
  return (
    <nav aria-label={t("ui.breadcrumbs")}>
      <ol className={styles.crumbs}>
        {crumbs.map((crumb) => (
          <li key={crumb.label}>
            {crumb.to ? (
              <AppLink to={crumb.to} search={crumb.search}>
                {crumb.label}
              </AppLink>
            ) : (
              <span aria-current="page">{crumb.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
