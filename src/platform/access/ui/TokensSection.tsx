import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { ProblemNotice } from "../../ui/ErrorState.tsx";
import { FieldSet } from "../../ui/FieldSet.tsx";
import { Form } from "../../ui/Form.tsx";
import { Select } from "../../ui/Select.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { TextField } from "../../ui/TextField.tsx";
import { access, useRefresh } from "./client.ts";
import { Section } from "./Section.tsx";
import { ShownOnce } from "./ShownOnce.tsx";

const lives = [7, 30, 90, 366];

/** Tokens with which programs act in the person's name, each for some rights and some time. */
export function TokensSection({ rights }: { rights: readonly string[] }) {
  const text = useText();
  const { t } = text;
  const refresh = useRefresh("tokens");
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const tokens = useQuery({ queryKey: ["tokens"], queryFn: ({ signal }) => access.tokens({}, { signal }) });
  const create = useMutation({
    mutationFn: () => access.createToken({ body: { name: name.trim(), scopes: [...scopes], days: Number(days) } }),
    onSuccess: async () => {
      setName("");
      setScopes([]);
      await refresh();
    },
  });
  const revoke = useMutation({
    mutationFn: (id: string) => access.revokeToken({ params: { id } }),
    onSuccess: refresh,
  });
  const rightName = (right: string) => (text.has(`right.${right}`) ? t(`right.${right}`) : right);
  return (
    <Section title={t("access.tokens")} lead={t("access.tokens.lead")}>
      {tokens.isPending && <Skeleton lines={2} />}
      {tokens.error && <ProblemNotice problem={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.data?.items.length === 0 && <p className={surfaces.muted}>{t("access.tokens.none")}</p>}
      <ul className={surfaces.stack}>
        {tokens.data?.items.map((token) => (
          <li key={token.id} className={`${surfaces.row} ${surfaces.spread}`}>
            <span>
              <strong>{token.name}</strong> <code className={surfaces.mono}>{token.start}</code>{" "}
              <span className={surfaces.muted}>
                {t("access.tokens.until", { date: text.format.date(token.expiresAt.slice(0, 10)) })}{" "}
                {token.lastUsedAt
                  ? t("access.tokens.used", { when: text.format.relative(token.lastUsedAt, new Date()) })
                  : t("access.tokens.unused")}
              </span>
            </span>
            <Button small tone="quiet" busy={revoke.isPending} onClick={() => revoke.mutate(token.id)}>
              {t("access.revoke")}
            </Button>
          </li>
        ))}
      </ul>
      {revoke.error && <ProblemNotice problem={revoke.error} />}
      {create.data && (
        <ShownOnce
          title={t("access.tokens.ready", { name: create.data.token.name })}
          hint={t("access.tokens.hint")}
          value={create.data.secret}
        />
      )}
      <Form onSubmit={() => create.mutate()} problem={create.error}>
        <TextField
          label={t("access.tokens.name")}
          hint={t("access.tokens.name.hint")}
          required
          maxLength={60}
          value={name}
          onChange={setName}
        />
        <Select
          label={t("access.tokens.life")}
          value={days}
          onChange={setDays}
          options={lives.map((life) => ({ value: String(life), label: t("access.days", { days: life }) }))}
        />
        <FieldSet legend={t("access.tokens.scopes")} hint={t("access.tokens.scopes.hint")}>
          {rights.map((right) => (
            <Checkbox
              key={right}
              label={rightName(right)}
              checked={scopes.includes(right)}
              onChange={(checked) =>
                setScopes(checked ? [...scopes, right] : scopes.filter((scope) => scope !== right))
              }
            />
          ))}
        </FieldSet>
        <div>
          <Button type="submit" busy={create.isPending} disabled={name.trim() === "" || scopes.length === 0}>
            {t("access.tokens.create")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}
