import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type * as Compiler from "@myriaddreamin/typst-ts-node-compiler";
import { byteOrderMark, drawable, drawnCharacters } from "./characters.ts";
import type { DocumentModel } from "./model.ts";
import type { RenderReply, RenderRequest } from "./worker-protocol.ts";

const { NodeCompiler } = createRequire(import.meta.url)("@myriaddreamin/typst-ts-node-compiler") as typeof Compiler;
const { workspace, fonts } = workerData as { workspace: string; fonts: string };
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [fonts] }] });
const drawn = drawnCharacters(fonts);

/**
 * Whether this platform's compiler tags what it sets (Typst 0.14); the one before it, which stands in where no later one
 * is published, cannot.
 */
const tags = (() => {
  const { result } = compiler.compile({ mainFileContent: "" });
  try {
    return result !== null && compiler.pdf(result, { pdfStandard: "a-2a" }).length > 0;
  } catch {
    return false;
  }
})();

/** The data with letters that can be drawn, and a note at the end where some could not. */
function prepared(data: string): string {
  let left = false;
  const { model, ...frame } = JSON.parse(data, (_, value) => {
    if (typeof value !== "string") return value;
    const text = drawable(value, drawn);
    left ||= text !== value.replaceAll(byteOrderMark, "");
    return text;
  }) as { model: DocumentModel };
  const blocks = left ? [...model.blocks, { kind: "paragraph", words: model.unshown }] : model.blocks;
  return JSON.stringify({ model: { ...model, blocks }, ...frame });
}

/** Compiles one document; what is wrong with a template comes back as text for the log. */
function render({ id, template, data, timestamp }: RenderRequest): RenderReply {
  const compiled = compiler.compile({
    mainFileContent: `#import "/${template}": document\n#document(json(bytes(sys.inputs.data)))`,
    inputs: { data: prepared(data), ...(tags ? { tags: "yes" } : {}) },
    resetRead: true,
  });
  const { result } = compiled;
  if (!result) {
    const error = compiled.takeDiagnostics();
    const found = error ? (compiler.fetchDiagnostics(error) as { message?: string }[]) : [];
    return { id, error: found.map(({ message }) => message ?? "").join("; ") || "no document" };
  }
  const pdf = compiler.pdf(result, { pdfStandard: tags ? "a-2a" : "a-2b", creationTimestamp: timestamp });
  const pages = result.numOfPages;
  compiler.evictCache(0);
  return { id, pdf: new Uint8Array(pdf), pages };
}

parentPort?.on("message", (request: RenderRequest) => {
  let reply: RenderReply;
  try {
    reply = render(request);
  } catch (cause) {
    reply = { id: request.id, error: (cause as Error).message };
  }
  parentPort?.postMessage(reply, "pdf" in reply ? [reply.pdf.buffer as ArrayBuffer] : []);
});
