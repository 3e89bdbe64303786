import { SMTPServer } from "smtp-server";

/** A mail as the server got it: envelope, and the message as it came. */
export interface TakenMail {
  from: string;
  to: string[];
  text: string;
}

/** A mail server for tests, on this machine. */
export interface MailServer {
  /** For `SANTI_SMTP_URL`, with name and password. */
  address: string;
  taken: TakenMail[];
  /** Refuses every mail with a reason that may pass, until told otherwise. */
  fail(failing: boolean): void;
  close(): Promise<void>;
}

/** Starts a mail server that keeps what it gets; it refuses the recipient `refused@example.org`. */
export async function aMailServer(account = { name: "node", password: "password" }): Promise<MailServer> {
  const taken: TakenMail[] = [];
  let failing = false;
  const server = new SMTPServer({
    ...{ disabledCommands: ["STARTTLS"], allowInsecureAuth: true, logger: false },
    onAuth({ username, password }, _session, done) {
      if (username === account.name && password === account.password) done(null, { user: account.name });
      else done(new Error("Wrong name or password"));
    },
    onRcptTo({ address }, _session, done) {
      if (address === "refused@example.org")
        done(Object.assign(new Error("Nobody of that name"), { responseCode: 550 }));
      else done();
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (failing) return done(Object.assign(new Error("Full"), { responseCode: 452 }));
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        taken.push({ from, to, text: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, "127.0.0.1", () => {
      const bound = listening.address();
      resolve(typeof bound === "object" && bound ? bound.port : 0);
    });
  });
  return {
    address: `smtp://${encodeURIComponent(account.name)}:${encodeURIComponent(account.password)}@127.0.0.1:${port}`,
    taken,
    fail(now) {
      failing = now;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
