// Puts what the package uses of other packages into dist/vendor, one file for each, and has the modules that tsc has written
// import them from there: who installs mesoflux installs neither their 8 MB of translations nor their copies for CommonJS.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { build } from "vite";

const { dependencies, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
/** Stay imports by name: they are installed with the package, or beside it by who wants them. */
const STAY = Object.keys({ ...dependencies, ...peerDependencies });
const stays = (from) => from.startsWith("node:") || from.startsWith("mesoflux") || STAY.includes(packageOf(from));

const IMPORT = /\b(import|export) ([^;"]+) from "([^".][^"]*)";/g;
/** Whatever a module loads by the name of a package. */
const LOADED = /(?:^(?:import|export) (?:[^;"]+ from )?|\bimport\()"([^".][^"]*)"/gm;
const modules = readdirSync("dist/src", { recursive: true })
  .filter((name) => name.endsWith(".js"))
  .map((name) => join("dist/src", name))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

/** What is used of each package: names, by the module that has them. */
const used = new Map();
for (const { text } of modules) {
  for (const [, , clause, from] of text.matchAll(IMPORT)) {
    if (stays(from)) continue;
    const sources = used.get(packageOf(from)) ?? new Map();
    used.set(packageOf(from), sources);
    sources.set(from, [...(sources.get(from) ?? []), ...namesIn(clause, text)]);
  }
}

mkdirSync("dist/vendor");
const packages = new Set();
for (const [name, sources] of used) {
  let code = "";
  for (const [from, names] of sources) {
    const exported = await import(from);
    const kept = [...new Set(names)].filter((one) => one in exported);
    code += `export { ${kept.join(", ")} } from ${JSON.stringify(from)};\n`;
  }
  writeFileSync(fileOf(name), await bundle(code));
}
for (const { path, text } of modules) {
  const moved = text.replace(IMPORT, (line, word, clause, from) => {
    const name = packageOf(from);
    return used.has(name) ? `${word} ${clause} from "${addressOf(fileOf(name), dirname(path))}";` : line;
  });
  if (moved !== text) writeFileSync(path, moved);
  for (const [, from] of moved.matchAll(LOADED)) {
    if (!stays(from)) throw new Error(`${path} imports ${from}, which is not installed with the package`);
  }
}

// Their licences ask to go with every copy. The lab, and mesoflux.min.js, have copies of these, too.
for (const name of ["comlink", "uplot"]) packages.add(join("node_modules", name));
const texts = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return `${name} ${version}, ${license}\n\n${file ? readFileSync(join(folder, file), "utf8").trim() : ""}\n`;
});
writeFileSync("dist/THIRD-PARTY-LICENSES.txt", texts.join(`\n${"-".repeat(80)}\n\n`));

/** The address of a file for modules in a folder. */
function addressOf(file, folder) {
  const path = relative(folder, file).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}

/** Names of a clause: `d`, `{ a, b as c }`; of `* as z` the properties of z that are read. */
function namesIn(clause, text) {
  const [, space] = /^\* as (\w+)$/.exec(clause) ?? [];
  if (space) return [...text.matchAll(new RegExp(`\\b${space}\\s*\\.(\\w+)`, "g"))].map(([, name]) => name);
  const [, list] = /^\{(.*)\}$/s.exec(clause) ?? [];
  if (!list) return ["default"];
  return list.split(",").map((one) => one.trim().split(" as ")[0]);
}

function packageOf(from) {
  return /^(?:@[^/]+\/)?[^/]+/.exec(from)[0];
}

function fileOf(name) {
  return `dist/vendor/${name.replace("@", "").replace("/", "-")}.js`;
}

async function bundle(source) {
  const entry = "virtual:vendor";
  const { output } = await build({
    configFile: false,
    logLevel: "warn",
    plugins: [
      {
        name: "vendor",
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? source : undefined),
      },
    ],
    ssr: { noExternal: true },
    build: {
      ...{ write: false, ssr: true, target: "es2022" },
      rolldownOptions: {
        input: entry,
        // Names stay, for whoever reads a stack; white space goes.
        output: { minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } } },
      },
    },
  });
  for (const id of Object.keys(output[0].modules)) {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? [];
    if (folder) packages.add(relative(".", folder));
  }
  return output[0].code;
}
