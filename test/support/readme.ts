/** The README's code blocks, each with the output that it shows. */
import { readFileSync } from "node:fs";

export const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

export interface Block {
  readonly language: string;
  readonly code: string;
  /** The block of language "text" right after it. */
  readonly output: string | undefined;
}

export function blocksOf(markdown: string): Block[] {
  const all = [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, code]) => ({ language, code }));
  return all
    .map((block, i) => ({ ...block, output: all[i + 1]?.language === "text" ? all[i + 1].code : undefined }))
    .filter(({ language }) => language !== "text");
}
