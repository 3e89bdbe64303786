import { useText } from "../../platform/i18n/I18nProvider.tsx";
import { ErrorState } from "../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../platform/ui/PageHeader.tsx";

/** What stands in the place of a page that broke; a part of the program that did not load is tried again by reloading. */
export function RouteProblem({ error }: { error: unknown }) {
  const { t } = useText();
  return (
    <>
      <PageHeader title={t("app.broken")} />
      <ErrorState problem={error} onRetry={() => window.location.reload()} />
    </>
  );
}
