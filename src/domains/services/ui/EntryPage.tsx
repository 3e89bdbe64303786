import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { usePathParts } from "../../../platform/ui/address.ts";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { directory } from "./client.ts";
import { EntryCard } from "./EntryCard.tsx";
import { directoryPath, points } from "./index.ts";

/** One point of service, for a screen and for paper. */
export function EntryPage() {
  const text = useText();
  const { t } = text;
  const { country = "", id = "" } = usePathParts();
  const found = useQuery({
    queryKey: ["services", "entry", country, id],
    queryFn: ({ signal }) => directory.entry({ params: { country, id } }, { signal }),
  });
  if (found.isPending) return <Skeleton lines={8} />;
  if (found.isError) return <ErrorState problem={found.error} onRetry={() => void found.refetch()} />;
  const { entry, references, allowed } = found.data;
  return (
    <>
      <PageHeader
        title={text.name(entry.names) || entry.code}
        crumbs={[{ label: t("services.directory.title"), to: directoryPath }]}
        actions={
          <>
            <Button onClick={() => window.print()}>{t("services.print")}</Button>
            {allowed.includes("correct") && (
              <AppLink className={buttonClass()} to={`${points.path}/${country}/${id}`}>
                {t("services.record")}
              </AppLink>
            )}
          </>
        }
      />
      <EntryCard entry={entry} references={references} linked={false} />
    </>
  );
}
