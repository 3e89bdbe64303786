import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { RequestProblem } from "../../contract/client.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { AppLink } from "../../ui/AppLink.tsx";
import { Button, buttonClass } from "../../ui/Button.tsx";
import { ProblemNotice } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { fieldProblem } from "../../ui/problem-text.ts";
import { Skeleton } from "../../ui/Skeleton.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { TextField } from "../../ui/TextField.tsx";
import { access } from "./client.ts";

/** What the server says of a link that it does not know; one that lost its secret on the way need not be sent to it. */
const unusable = new RequestProblem({ type: "about:blank", status: 410, code: "access.link-unusable", params: {} });

/** Where a one-time link leads: to choose the first password of an account, or a new one. */
export function LinkPage() {
  const text = useText();
  const { t, language } = text;
  // The secret stands behind the #, which no server sees; it is read once and kept while the page is open.
  const [{ token, path }] = useState(() => ({
    token: window.location.hash.slice(1),
    path: window.location.pathname,
  }));
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [name, setName] = useState<string | null>(null);
  const [unequal, setUnequal] = useState(false);
  const complete = token !== "";
  const look = useQuery({
    queryKey: ["link", token],
    enabled: complete,
    queryFn: ({ signal }) => access.lookAtLink({ body: { token } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const invited = look.data?.purpose === "invitation";
  const accept = useMutation({
    mutationFn: () =>
      access.acceptLink({
        body: { token, password, ...(invited ? { name: name ?? look.data?.name ?? "", language } : {}) },
      }),
  });
  const title = t(invited || path === "/invitation" ? "access.invitation" : "access.reset-password");
  const problem = complete ? look.error : unusable;
  return (
    <div className={surfaces.stack} style={{ maxInlineSize: "32rem", marginInline: "auto" }}>
      <PageHeader
        title={title}
        lead={look.data && !accept.data ? t("access.link.greeting", { email: look.data.email }) : undefined}
      />
      {look.isLoading && <Skeleton lines={3} />}
      {problem && (
        <>
          <ProblemNotice problem={problem} />
          <div>
            <AppLink to="/sign-in" className={buttonClass()}>
              {t("access.sign-in")}
            </AppLink>
          </div>
        </>
      )}
      {accept.data && (
        <>
          <p role="status">{t("access.link.done")}</p>
          <div>
            <AppLink to="/sign-in" className={buttonClass("primary")}>
              {t("access.sign-in")}
            </AppLink>
          </div>
        </>
      )}
      {look.data && !accept.data && (
        <Form
          problem={accept.error}
          onSubmit={() => {
            setUnequal(password !== again);
            if (password === again) accept.mutate();
          }}
        >
          {invited && (
            <TextField
              label={t("access.name")}
              autoComplete="name"
              required
              value={name ?? look.data.name}
              onChange={setName}
              problem={fieldProblem(text, accept.error, "name")}
            />
          )}
          <TextField
            label={t("access.password.new")}
            hint={t("access.password.hint")}
            type="password"
            autoComplete="new-password"
            required
            value={password}
            onChange={setPassword}
            problem={fieldProblem(text, accept.error, "password")}
          />
          <TextField
            label={t("access.password.again")}
            type="password"
            autoComplete="new-password"
            required
            value={again}
            onChange={setAgain}
            problem={unequal && password !== again ? t("access.password.unequal") : null}
          />
          <div>
            <Button type="submit" tone="primary" busy={accept.isPending}>
              {t("access.password.set")}
            </Button>
          </div>
        </Form>
      )}
    </div>
  );
}
