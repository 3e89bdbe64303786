declare module "myanmar-tools" {
  const tools: {
    ZawgyiDetector: new () => {
      /** Between 0 and 1; minus infinity when the text has nothing Burmese. */
      getZawgyiProbability(text: string): number;
    };
    ZawgyiConverter: new () => { zawgyiToUnicode(text: string): string };
  };
  export = tools;
}
