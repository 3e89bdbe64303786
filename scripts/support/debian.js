import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { userInfo } from "node:os";

const missing = (program) => spawnSync("which", [program]).status !== 0;

/** How to run as root here, or null when that is not possible without a password. */
function asRoot() {
  if (userInfo().uid === 0) return [];
  return spawnSync("sudo", ["-n", "true"]).status === 0 ? ["sudo", "-n"] : null;
}

/**
 * Sees to it that Debian packages are there: installs them as root or through sudo, or ends with the line to type.
 * @param {{ present: () => boolean, name: string }[]} wanted packages, each with a test for what it brings
 */
export function ensureDebianPackages(wanted) {
  const names = wanted.filter(({ present }) => !present()).map(({ name }) => name);
  if (names.length === 0) return;
  const prefix = asRoot();
  if (prefix === null || missing("apt-get")) {
    console.error(
      `The tests need packages that are not installed. Please install them:\n\n  sudo apt-get install ${names.join(" ")}\n`,
    );
    process.exit(2);
  }
  console.error(`Installing ${names.join(", ")}…`);
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, "apt-get", "-qq", ...args];
    return (
      spawnSync(command, rest, {
        stdio: ["ignore", "ignore", "inherit"],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      }).status === 0
    );
  };
  if (!apt("update") || !apt("install", "-y", "--no-install-recommends", ...names)) {
    console.error(`Could not install them. Please run: sudo apt-get install ${names.join(" ")}`);
    process.exit(2);
  }
}

/** The browser of the system, where the journeys run. */
export const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Tells whether a browser for the journeys is installed. */
export const hasChromium = () => chromium.some((path) => existsSync(path));
