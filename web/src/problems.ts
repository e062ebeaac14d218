/** What is wrong, said above the tabs. */
import { element } from "./dom.ts";

const place = element("problems");

export function showProblem(text: string): void {
  place.textContent = text;
}

/** Adds faults of an address. */
export function complain(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const said = place.textContent || "This link cannot be used as it is; defaults took the place of:";
  place.textContent = [said, ...problems].join("\n");
}
