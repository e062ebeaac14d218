/** The legend of a figure: its entries, and the specimen that is drawn for each. */
import type { Series } from "./data.ts";
import type { Look } from "./palette.ts";

/** Parts of a specimen; a `patch` shows a group's colour alone. */
type Part = Series["kind"] | "bars" | "patch";

export interface Entry {
  readonly label: string;
  /** The group whose colour the entry has; none for a role that several groups share. */
  readonly group?: string;
  readonly parts: readonly Part[];
}

/** An SVG element to draw. */
interface Shape {
  readonly name: string;
  readonly attributes: Readonly<Record<string, number | string>>;
}

/** The group of a series. */
export function groupOf(series: Series): string {
  return series.group ?? series.name;
}

/**
 * A name that comes in one group is an entry in that group's colour. A name that comes in several ("theory" at t = 1, 2,
 * 3) is a role: an entry without colour, and its groups get entries of their own.
 */
export function entriesOf(series: readonly Series[]): Entry[] {
  const roles: Entry[] = [];
  const owned: Entry[] = [];
  const shared = new Set<string>();
  for (const label of new Set(series.map((one) => one.name))) {
    const named = series.filter((one) => one.name === label);
    const groups = new Set(named.map(groupOf));
    const parts = new Set(
      named.flatMap(({ kind, low, high }): Part[] => (kind === "dots" && low && high ? [kind, "bars"] : [kind])),
    );
    if (groups.size === 1) owned.push({ label, group: groupOf(named[0]), parts: [...parts] });
    else {
      roles.push({ label, parts: [...parts] });
      for (const group of groups) shared.add(group);
    }
  }
  return [...roles, ...[...shared].map((group): Entry => ({ label: group, group, parts: ["patch"] })), ...owned];
}

/** The width of an entry's specimen in pixels. */
export function specimenWidth({ parts }: Entry): number {
  return parts.includes("patch") ? 12 : 26;
}

/** The specimen of an entry, its left end at `x` and its middle at `y`. */
export function specimen(entry: Entry, look: Look, x: number, y: number): Shape[] {
  const width = specimenWidth(entry);
  const centre = x + width / 2;
  const { colour, again } = look;
  const box = (half: number) => ({ x: centre - half, y: y - half, width: 2 * half, height: 2 * half });
  const hollow = { fill: "white", stroke: colour, "stroke-width": 1.5 };
  const dash: Shape["attributes"] = again ? { "stroke-dasharray": "6 4" } : {};
  const shapes: Record<Part, Shape> = {
    patch: { name: "rect", attributes: { ...box(6), fill: colour } },
    band: { name: "rect", attributes: { x, y: y - 6, width, height: 12, fill: colour, "fill-opacity": 0.2 } },
    bars: { name: "line", attributes: { x1: centre, x2: centre, y1: y - 8, y2: y + 8, stroke: colour } },
    dots: again
      ? { name: "rect", attributes: { ...box(3.5), ...hollow } }
      : { name: "circle", attributes: { cx: centre, cy: y, r: 4, ...hollow } },
    line: {
      name: "line",
      attributes: { x1: x, x2: x + width, y1: y, y2: y, stroke: colour, "stroke-width": 1.75, ...dash },
    },
  };
  const fromBelow: readonly Part[] = ["patch", "band", "bars", "dots", "line"];
  return fromBelow.filter((part) => entry.parts.includes(part)).map((part) => shapes[part]);
}
