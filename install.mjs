// Installs the packages of folders that have their own, once: node install.mjs test tools
import { execSync } from "node:child_process";
import { statSync } from "node:fs";

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

for (const folder of process.argv.slice(2)) {
  // npm writes it last.
  const installed = changed(`${folder}/node_modules/.package-lock.json`);
  if (installed > changed(`${folder}/package-lock.json`)) continue;
  console.log(`npm ci in ${folder}, once`);
  try {
    execSync("npm ci --no-audit --no-fund", { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  } catch {
    console.error(`npm ci in ${folder} failed, for the reason above`);
    process.exit(1);
  }
}
