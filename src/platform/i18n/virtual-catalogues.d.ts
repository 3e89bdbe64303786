declare module "virtual:catalogue/*" {
  export const messages: Readonly<Record<string, string>>;
}
