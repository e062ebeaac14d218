/** The hosts in which the package is tried: their folders, with the files and lines that the guide to hosts shows. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { documents, root, sectionsOf } from "./documents.ts";

export const GUIDE = "docs/guides/hosts.md";
/** Each host has a folder here, which has the name of its section of the guide, if there is one. */
const FOLDER = join(root, "test/embed/hosts");
/** Files that every host has. */
export const SHARED = join(FOLDER, "shared");

export interface Host {
  readonly name: string;
  readonly folder: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly tools: Readonly<Record<string, string>>;
  /** Text of files, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
  /** Headers that go with its page. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The first line of a block that is a file says which. */
const NAMED = /^(?:\/\/|<!--) ([\w./-]+\.\w+)(?: -->)?\n/;

/** The guide's sections that show something. */
export const SECTIONS = sectionsOf(documents.find(({ path }) => path === GUIDE)!.text).filter(
  ({ blocks }) => blocks.length > 0,
);

export const hosts: Host[] = readdirSync(FOLDER)
  .filter((name) => name !== "shared")
  .map((name) => {
    const folder = join(FOLDER, name);
    const { scripts, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const blocks = SECTIONS.find(({ anchor }) => anchor === name)?.blocks ?? [];
    const of = (language: string) => blocks.filter((block) => block.language === language).map(({ code }) => code);
    const files = blocks.flatMap(({ code }) => (NAMED.test(code) ? [[NAMED.exec(code)![1], code] as const] : []));
    return {
      ...{ name, folder, scripts, tools: devDependencies, files: Object.fromEntries(files) },
      commands: of("sh").flatMap((code) => code.trim().split("\n")),
      headers: Object.fromEntries(of("http").map((code) => /^(.*?): (.*)\n$/.exec(code)!.slice(1))),
    };
  });
