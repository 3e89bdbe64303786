export {
  type AnonymityReport,
  type Generalisation,
  type GeneralisationOptions,
  generalise,
  type Hierarchy,
  kAnonymity,
  type Row,
} from "./anonymity.ts";
export { derivableCells } from "./exact.ts";
export { type ProtectionCheck, type PublishedCell, protects } from "./protects.ts";
export {
  type CellReason,
  type Suppression,
  type SuppressionCell,
  type SuppressionOptions,
  suppress,
} from "./suppress.ts";
export {
  type Cell,
  type CountTable,
  type Grid,
  keyOf,
  type Place,
  type System,
  systemOf,
  TableError,
} from "./table.ts";
