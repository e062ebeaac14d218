/** The lab's theorems as a page runs them, and what their reports say. */
import type { Certificate, Check, Report } from "../../src/index.ts";
import { DEFAULTS, type Settings } from "../../web/src/settings.ts";
import { runTheorem, type Theorem } from "../../web/src/theorems/theorems.ts";

/** A chain that takes seconds. */
export const SHORT: Partial<Settings> = { cells: 3 };

export const run = (name: Theorem, part: Partial<Settings> = SHORT, told: (share: number) => void = () => {}) =>
  runTheorem(name, { ...DEFAULTS, ...part }, new AbortController().signal, told);

export const failed = ({ checks }: Report) => checks.filter(({ passed }) => !passed);

/** The check whose name begins so. */
export const named = ({ checks }: Report, words: string): Check => checks.find(({ name }) => name.startsWith(words))!;

export const certificates = (report: Report) => report.certificates as readonly Certificate[];
