/** The Markdown of the repository: its code blocks, each with the output that it shows, and its links. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Document {
  /** From the root. */
  readonly path: string;
  readonly text: string;
}

/** Folders of installed and built files. */
const MADE = ["node_modules", "dist", "build", "report", "coverage", ".git"];

function* markdownIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !MADE.includes(entry.name)) yield* markdownIn(path);
    else if (entry.isFile() && entry.name.endsWith(".md")) yield path;
  }
}

export const documents: Document[] = [...markdownIn(root)]
  .map((path) => ({ path: relative(root, path), text: readFileSync(path, "utf8") }))
  .sort((a, b) => (a.path < b.path ? -1 : 1));

export const readme = documents.find(({ path }) => path === "README.md")!.text;

export const isExample = ({ path }: Pick<Document, "path">) => path.startsWith("examples/");
export const isGuide = ({ path }: Pick<Document, "path">) => path.startsWith("docs/");

/** The command whose output and figure the README shows. */
export const MAIN_JOB = "npm ci && npm start";

export interface Block {
  readonly language: string;
  readonly code: string;
  /** The block of language "text" right after it. */
  readonly output: string | undefined;
}

const FENCED = /^```(.*)\n([^]*?)^```$/gm;

/** All blocks but those that are the output of the one before. */
export function blocksOf(markdown: string): Block[] {
  const all = [...markdown.matchAll(FENCED)].map(([, language, code]) => ({ language, code }));
  const isOutput = (i: number) => all[i]?.language === "text" && i > 0 && all[i - 1].language !== "text";
  return all
    .map((block, i) => ({ ...block, output: isOutput(i + 1) ? all[i + 1].code : undefined }))
    .filter((_, i) => !isOutput(i));
}

/** The README's ten lines, which print energies, and the beginning of the certificate's hash. */
export const tenLines = blocksOf(readme).find(({ code }) => code.includes("certificate.result.slice(0, 16)"))!;

/** A part of a document under a heading of the second level, by its anchor. */
export interface Section {
  readonly anchor: string;
  readonly blocks: readonly Block[];
}

export const sectionsOf = (markdown: string): Section[] =>
  markdown
    .split(/^## /m)
    .slice(1)
    .map((text) => ({ anchor: anchorOf(text.slice(0, text.indexOf("\n"))), blocks: blocksOf(text) }));

const isAbsolute = (target: string) => /^[a-z]+:/.test(target);

/** Links to files and headings that are not there. */
export function brokenLinks({ path, text }: Document): string[] {
  return [...text.replace(FENCED, "").matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target)
    .filter((target) => !isAbsolute(target))
    .filter((target) => {
      const [file, anchor] = target.split("#");
      const full = join(root, dirname(path), file);
      if (file !== "" && !existsSync(full)) return true;
      return anchor !== undefined && !anchorsOf(file === "" ? text : readFileSync(full, "utf8")).includes(anchor);
    });
}

function anchorsOf(markdown: string): string[] {
  return [...markdown.replace(FENCED, "").matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));
}

/** An anchor as GitHub makes it: small letters, hyphens for spaces, only letters, digits, _ and -. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}
