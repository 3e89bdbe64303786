import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { RequestProblem } from "../../contract/client.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { ProblemNotice } from "../../ui/ErrorState.tsx";
import { Form } from "../../ui/Form.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { TextField } from "../../ui/TextField.tsx";
import { access, useRefresh } from "./client.ts";
import { Section } from "./Section.tsx";

/** Whether this browser can make passkeys from the server's JSON. */
function passkeysWork(): boolean {
  return typeof PublicKeyCredential === "function" && "parseCreationOptionsFromJSON" in PublicKeyCredential;
}

/** Has the device make a passkey for the own account. */
async function makePasskey(name: string) {
  const options = await access.passkeyOptions({});
  let credential: Credential | null = null;
  try {
    credential = await navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(
        options as unknown as PublicKeyCredentialCreationOptionsJSON,
      ),
    });
  } catch {
    // The browser says only that it did not happen.
  }
  if (!(credential instanceof PublicKeyCredential))
    throw new RequestProblem({ type: "about:blank", status: 0, code: "access.passkey-cancelled", params: {} });
  return access.addPasskey({ body: { name, credential: { ...credential.toJSON() } } });
}

/** The own passkeys: add one on this device, take one away. */
export function PasskeysSection() {
  const text = useText();
  const { t } = text;
  const refresh = useRefresh("passkeys");
  const [name, setName] = useState("");
  const passkeys = useQuery({ queryKey: ["passkeys"], queryFn: ({ signal }) => access.passkeys({}, { signal }) });
  const add = useMutation({
    mutationFn: () => makePasskey(name.trim()),
    onSuccess: async () => {
      setName("");
      await refresh();
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => access.removePasskey({ params: { id } }),
    onSuccess: refresh,
  });
  return (
    <Section title={t("access.passkeys")} lead={t("access.passkeys.lead")}>
      {passkeys.isPending && <Skeleton lines={2} />}
      {passkeys.error && <ProblemNotice problem={passkeys.error} onRetry={() => void passkeys.refetch()} />}
      {passkeys.data?.items.length === 0 && <p className={surfaces.muted}>{t("access.passkeys.none")}</p>}
      <ul className={surfaces.stack}>
        {passkeys.data?.items.map((passkey) => (
          <li key={passkey.id} className={`${surfaces.row} ${surfaces.spread}`}>
            <span>
              <strong>{passkey.name ?? t("access.passkeys.unnamed")}</strong>{" "}
              {passkey.madeAt && (
                <span className={surfaces.muted}>
                  {t("access.made", { date: text.format.date(passkey.madeAt.slice(0, 10)) })}
                </span>
              )}
            </span>
            <Button small tone="quiet" busy={remove.isPending} onClick={() => remove.mutate(passkey.id)}>
              {t("access.remove")}
            </Button>
          </li>
        ))}
      </ul>
      {remove.error && <ProblemNotice problem={remove.error} />}
      {passkeysWork() ? (
        <Form onSubmit={() => add.mutate()} problem={add.error}>
          <TextField
            label={t("access.passkeys.name")}
            hint={t("access.passkeys.name.hint")}
            required
            maxLength={60}
            value={name}
            onChange={setName}
          />
          <div>
            <Button type="submit" icon="key" busy={add.isPending} disabled={name.trim() === ""}>
              {t("access.passkeys.add")}
            </Button>
          </div>
        </Form>
      ) : (
        <p className={surfaces.muted}>{t("access.passkeys.unsupported")}</p>
      )}
    </Section>
  );
}
