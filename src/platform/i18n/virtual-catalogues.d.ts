declare module "virtual:catalogue/*" {
  import type { LoadedMessages } from "./translator.ts";

  export const messages: LoadedMessages;
}
