import { useText } from "../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../platform/ui/AppLink.tsx";
import { addressOf, useAddress, usePath } from "../../platform/ui/address.ts";
import { buttonClass } from "../../platform/ui/Button.tsx";
import { EmptyState } from "../../platform/ui/EmptyState.tsx";
import { PageHeader } from "../../platform/ui/PageHeader.tsx";
import surfaces from "../../platform/ui/surfaces.module.css";

/** Where signing in leads back to: the page that is shown with its filters; nothing for the overview. */
export function useSignInSearch(): { from?: string } {
  const path = usePath();
  const [search] = useAddress();
  const from = addressOf(path, search);
  return from === "/" ? {} : { from };
}

/** What somebody who is not signed in sees of a page that needs an account: the way in, which leads back here. */
export function SignInNeeded({ titleKey }: { titleKey: string }) {
  const { t } = useText();
  const search = useSignInSearch();
  return (
    <>
      <PageHeader title={t(titleKey)} />
      <div className={surfaces.card}>
        <EmptyState
          icon="lock"
          title={t("problem.common.unauthenticated")}
          actions={
            <AppLink to="/sign-in" search={search} className={buttonClass("primary")}>
              {t("access.sign-in")}
            </AppLink>
          }
        >
          {t("app.sign-in-needed")}
        </EmptyState>
      </div>
    </>
  );
}
