import { useMutation, useQuery } from "@tanstack/react-query";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { ProblemNotice } from "../../ui/ErrorState.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { StatusTag } from "../../ui/StatusTag.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { browserOf } from "./browser-name.ts";
import { access, useRefresh } from "./client.ts";
import { Section } from "./Section.tsx";

/** Where the person is signed in, and ending it there. */
export function SessionsSection() {
  const text = useText();
  const { t } = text;
  const refresh = useRefresh("own-sessions");
  const sessions = useQuery({ queryKey: ["own-sessions"], queryFn: ({ signal }) => access.sessions({}, { signal }) });
  const revoke = useMutation({
    mutationFn: (id: string) => access.revokeSession({ params: { id } }),
    onSuccess: refresh,
  });
  return (
    <Section title={t("access.sessions")} lead={t("access.sessions.lead")}>
      {sessions.isPending && <Skeleton lines={2} />}
      {sessions.error && <ProblemNotice problem={sessions.error} onRetry={() => void sessions.refetch()} />}
      <ul className={surfaces.stack}>
        {sessions.data?.items.map((session) => (
          <li key={session.id} className={`${surfaces.row} ${surfaces.spread}`}>
            <span>
              <strong>{browserOf(session.userAgent) ?? t("access.sessions.unknown")}</strong>{" "}
              <span className={surfaces.muted}>
                {t("access.sessions.seen", { when: text.format.relative(session.lastSeenAt, new Date()) })}
              </span>
            </span>
            {session.current ? (
              <StatusTag tone="info">{t("access.sessions.current")}</StatusTag>
            ) : (
              <Button small tone="quiet" busy={revoke.isPending} onClick={() => revoke.mutate(session.id)}>
                {t("access.sessions.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {revoke.error && <ProblemNotice problem={revoke.error} />}
    </Section>
  );
}
