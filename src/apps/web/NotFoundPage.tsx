import { useText } from "../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../platform/ui/AppLink.tsx";
import { buttonClass } from "../../platform/ui/Button.tsx";
import { EmptyState } from "../../platform/ui/EmptyState.tsx";
import { PageHeader } from "../../platform/ui/PageHeader.tsx";

/** What an address that leads nowhere shows. */
export function NotFoundPage() {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t("app.not-found")} />
      <EmptyState
        icon="search"
        title={t("app.not-found.hint")}
        actions={
          <AppLink to="/" className={buttonClass("primary")}>
            {t("app.overview")}
          </AppLink>
        }
      />
    </>
  );
}
