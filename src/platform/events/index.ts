export {
  type EventInput,
  type PreparedRevisions,
  prepareRevisions,
  type RevisionInput,
  recordEvent,
  recordRevisions,
  writeRevisions,
} from "./log.ts";
export { sealEvents, startSealer } from "./seal.ts";
export { type ChainProblem, type ChainReport, verifyChain } from "./verify.ts";
