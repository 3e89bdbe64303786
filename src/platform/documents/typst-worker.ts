import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type * as Compiler from "@myriaddreamin/typst-ts-node-compiler";
import type { RenderReply, RenderRequest } from "./worker-protocol.ts";

const { NodeCompiler } = createRequire(import.meta.url)("@myriaddreamin/typst-ts-node-compiler") as typeof Compiler;
const { workspace, fonts } = workerData as { workspace: string; fonts: string };
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [fonts] }] });

/** Compiles one document; what is wrong with a template comes back as text for the log. */
function render({ id, template, data, timestamp }: RenderRequest): RenderReply {
  const compiled = compiler.compile({
    mainFileContent: `#import "/${template}": document\n#document(json(bytes(sys.inputs.data)))`,
    inputs: { data },
    resetRead: true,
  });
  const { result } = compiled;
  if (!result) {
    const error = compiled.takeDiagnostics();
    const found = error ? (compiler.fetchDiagnostics(error) as { message?: string }[]) : [];
    return { id, error: found.map(({ message }) => message ?? "").join("; ") || "no document" };
  }
  const pdf = compiler.pdf(result, { pdfStandard: "a-2b", creationTimestamp: timestamp });
  const pages = result.numOfPages;
  compiler.evictCache(3);
  return { id, pdf: new Uint8Array(pdf), pages };
}

parentPort?.on("message", (request: RenderRequest) => {
  let reply: RenderReply;
  try {
    reply = render(request);
  } catch (cause) {
    reply = { id: request.id, error: (cause as Error).message };
  }
  parentPort?.postMessage(reply);
});
