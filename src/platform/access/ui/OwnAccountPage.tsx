import { useText } from "../../i18n/I18nProvider.tsx";
import { AppLink } from "../../ui/AppLink.tsx";
import { buttonClass } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ProblemNotice } from "../../ui/ErrorState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { useOwnSession } from "./client.ts";
import { PasskeysSection } from "./PasskeysSection.tsx";
import { PasswordSection } from "./PasswordSection.tsx";
import { ProfileSection } from "./ProfileSection.tsx";
import { SessionsSection } from "./SessionsSection.tsx";
import { TokensSection } from "./TokensSection.tsx";
import { TwoFactorSection } from "./TwoFactorSection.tsx";

/** The own account: who one is here, and everything that protects it. */
export function OwnAccountPage() {
  const { t } = useText();
  const session = useOwnSession();
  const account = session.data?.account;
  return (
    <>
      <PageHeader title={t("access.own-account")} lead={account?.email} />
      <div className={surfaces.stack}>
        {session.isPending && <Skeleton />}
        {session.error && <ProblemNotice problem={session.error} onRetry={() => void session.refetch()} />}
        {session.data && !account && (
          <EmptyState
            icon="person"
            title={t("problem.common.unauthenticated")}
            actions={
              <AppLink to="/sign-in" className={buttonClass("primary")}>
                {t("access.sign-in")}
              </AppLink>
            }
          />
        )}
        {session.data && account && (
          <>
            <ProfileSection key={account.id} account={account} />
            <PasswordSection />
            <TwoFactorSection />
            <PasskeysSection />
            <TokensSection rights={session.data.rights} />
            <SessionsSection />
          </>
        )}
      </div>
    </>
  );
}
