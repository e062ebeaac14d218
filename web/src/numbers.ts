/** A list of numbers with their names. */
import { make } from "./dom.ts";

/**
 * Shows names and values. The names stay, so that the tooltips of their symbols do while the values change.
 * @param explained a name with its symbols explained.
 */
export function list(
  place: HTMLElement,
  explained: (name: string) => (HTMLElement | string)[],
  numbers: readonly (readonly [name: string, value: string])[],
): void {
  if (place.childElementCount === 0) {
    place.append(...numbers.map(([name]) => make("div", {}, make("dt", {}, ...explained(name)), make("dd"))));
  }
  for (const [i, dd] of place.querySelectorAll("dd").entries()) dd.textContent = numbers[i][1];
}
