/** Threads of the program by name: files that it starts, each an entry of its own. */
export const threads: Readonly<Record<string, string>>;

/** Bundles entries and what they import, packages too, for Node. @param outdir a folder of the project */
export function bundleNode(entryPoints: Readonly<Record<string, string>>, outdir: string): Promise<void>;
