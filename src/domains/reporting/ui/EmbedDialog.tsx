import { useState } from "react";
import { type Language, languages } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Dialog } from "../../../platform/ui/Dialog.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../platform/ui/TextArea.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { EditionOutput } from "../contract.ts";
import type { Result } from "../model.ts";
import { escaped } from "../outputs/bars.ts";
import { useWords } from "./use-words.ts";

/** Lines with which another site shows a public edition: the whole or one table, in a language. */
export function EmbedDialog(props: {
  edition: EditionOutput;
  result: Result;
  /** The sites that may show it. */
  sites: readonly string[];
  onClose: () => void;
}) {
  const { t, format, language: mine } = useText();
  const say = useWords();
  const toast = useToast();
  const { edition, result, sites, onClose } = props;
  const [language, setLanguage] = useState<Language>(mine);
  const [only, setOnly] = useState("");
  const tables = result.blocks.flatMap((each) => (each.kind === "table" ? [each.block] : []));
  const address = new URL(`/embed/reports/${edition.country}/${edition.id}`, location.href);
  address.searchParams.set("language", language);
  if (only !== "") address.searchParams.set("only", only);
  const lines = `<iframe src="${escaped(address.href)}" title="${escaped(say(edition.words))}" width="100%" height="640" style="border:0" loading="lazy"></iframe>`;
  return (
    <Dialog
      open
      title={t("reporting.embed.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.close")}</Button>
          <Button
            tone="primary"
            onClick={async () => {
              await navigator.clipboard.writeText(lines);
              toast({ text: t("reporting.embed.copied") });
            }}
          >
            {t("reporting.embed.copy")}
          </Button>
        </>
      }
    >
      <div className={surfaces.stack}>
        <p>{t("reporting.embed.lead")}</p>
        <p className={sites.length === 0 ? surfaces.notice : surfaces.muted}>
          {sites.length === 0
            ? t("reporting.embed.none")
            : t("reporting.embed.sites", {
                sites: sites.includes("*") ? t("reporting.embed.sites.all") : format.list([...sites]),
              })}
        </p>
        <Select
          label={t("reporting.schedule.language")}
          value={language}
          onChange={(value) => setLanguage(languages.find((each) => each === value) ?? mine)}
          options={languages.map((value) => ({ value, label: t(`administration.language.${value}`) }))}
        />
        <Select
          label={t("reporting.embed.only")}
          value={only}
          onChange={setOnly}
          empty={t("reporting.embed.whole-report")}
          options={tables.map(({ id, words }) => ({ value: id, label: say(words) }))}
        />
        <TextArea label={t("reporting.embed.lines")} rows={4} value={lines} onChange={() => {}} />
      </div>
    </Dialog>
  );
}
