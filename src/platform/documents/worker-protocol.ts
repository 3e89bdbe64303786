/** What the thread that sets documents is asked. */
export interface RenderRequest {
  id: number;
  /** A file of the templates' folder. */
  template: string;
  /** JSON. */
  data: string;
  /** When the document is said to be made, seconds since 1970. */
  timestamp: number;
}

/** What it answers. */
export type RenderReply = { id: number; pdf: Uint8Array; pages: number } | { id: number; error: string };
