import { passkeyRoutes, type SessionInfo } from "../../platform/access/contract.ts";
import { createClient, RequestProblem } from "../../platform/contract/client.ts";

const client = createClient(passkeyRoutes);

/** Whether this browser can speak WebAuthn in its own JSON form. */
export function passkeysWork(): boolean {
  return typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

/**
 * Signs in with a passkey of this device.
 * @throws RequestProblem `access.passkey-cancelled` when the person or the browser stopped it, and what the server refuses
 */
export async function signInWithPasskey(): Promise<SessionInfo> {
  const options = await client.options({});
  let credential: Credential | null = null;
  try {
    credential = await navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(
        options as unknown as PublicKeyCredentialRequestOptionsJSON,
      ),
    });
  } catch {
    // The browser says only that it did not happen.
  }
  if (!(credential instanceof PublicKeyCredential))
    throw new RequestProblem({ type: "about:blank", status: 0, code: "access.passkey-cancelled", params: {} });
  return client.verify({ body: { credential: credential.toJSON() as unknown as { id: string; type: "public-key" } } });
}
