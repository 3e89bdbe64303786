import { readdirSync, readFileSync } from "node:fs";
import { rootPath } from "../../platform/kernel/root.ts";
import { type Profile, profileSchema } from "./profile.ts";

let loaded: Profile[] | undefined;

/** The profiles that come with the program, in the order of their ids. */
export function shippedProfiles(): readonly Profile[] {
  if (!loaded) {
    const folder = rootPath("src", "domains", "imports", "profiles");
    loaded = readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .sort()
      .map((file) => profileSchema.parse(JSON.parse(readFileSync(`${folder}/${file}`, "utf8"))));
  }
  return loaded;
}

/** A profile that comes with the program, or undefined. */
export function shippedProfile(id: string): Profile | undefined {
  return shippedProfiles().find((profile) => profile.id === id);
}
