import { useState } from "react";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import surfaces from "../../ui/surfaces.module.css";

/** A secret that is shown this one time, with a button that copies it. */
export function ShownOnce(props: { title: string; hint: string; value: string; lines?: readonly string[] }) {
  const { t } = useText();
  const [copied, setCopied] = useState<"yes" | "no" | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.value);
      setCopied("yes");
    } catch {
      setCopied("no");
    }
  };
  return (
    <section className={surfaces.notice}>
      <Icon name="key" />
      <div>
        <strong>{props.title}</strong>
        <p>{props.hint}</p>
        {props.lines ? (
          <ul className={surfaces.mono}>
            {props.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : (
          <code className={surfaces.mono} style={{ overflowWrap: "anywhere" }}>
            {props.value}
          </code>
        )}
        <Button small onClick={() => void copy()}>
          {t("access.copy")}
        </Button>
        <p role="status" className={surfaces.small}>
          {copied === "yes" && t("access.copied")}
          {copied === "no" && t("access.copy-failed")}
        </p>
      </div>
    </section>
  );
}
