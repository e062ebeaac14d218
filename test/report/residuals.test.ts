/** The figure of every comparison: what it draws, and what it says of what it cannot draw. */
import { describe, expect, it } from "vitest";
import { renderFigure } from "../../src/report/figure.node.ts";
import { residualFigure } from "../../src/report/residuals.ts";

describe("the figure of residuals", () => {
  const figure = residualFigure({
    name: "clt-residuals",
    title: "Every covariance",
    groups: [
      { name: "variances", z: [0.5, -1, 2] },
      { name: "others", z: [NaN, 30] },
    ],
    limit: 6,
  });

  it("numbers the comparisons through all groups", () => {
    expect(figure.series.map(({ name, x }) => [name, x])).toEqual([
      ["variances", [1, 2, 3]],
      ["others", [4, 5]],
    ]);
    expect(figure.series.flatMap(({ y }) => y)).toEqual([0.5, -1, 2, NaN, 30]);
  });

  it("has lines at zero and at the limit on either side", () => {
    expect(figure.marks!.map(({ axis, at }) => [axis, at])).toEqual([
      ["y", 0],
      ["y", 6],
      ["y", -6],
    ]);
  });

  it("says how many comparisons have no dot", () => {
    expect(figure.caption).toContain("one comparison of 5");
    expect(figure.caption).toContain("1 of the comparisons is not finite");
    expect(residualFigure({ name: "a", title: "a", groups: [{ name: "a", z: [1] }], limit: 6 }).caption).not.toContain(
      "finite",
    );
  });

  it("can be drawn, without comparisons too", () => {
    // Two dots are the legend's.
    expect(renderFigure(figure).match(/<circle/g)).toHaveLength(2 + 4);
    expect(renderFigure({ ...figure, series: [] })).not.toMatch(/NaN|Infinity/);
  });
});
