/** `mesoflux check`: what is proven of a rate, what is refuted, and what is neither. Runs the built package. */
import { describe, expect, test } from "vitest";
import { ran } from "../support/commandLine.ts";

/** Verdict and reason of each condition. */
async function checked(
  ...args: string[]
): Promise<{ code: number | null; out: string; rows: Record<string, string[]> }> {
  const { code, out, err } = await ran(["check", ...args]);
  expect(err).toBe("");
  const rows: Record<string, string[]> = {};
  let last: string[] = [];
  const [, rule, table] = /\n([- ]+)\n([^]*?)\n\n/.exec(out)!;
  const [first, second, third] = [...rule.matchAll(/-+/g)].map(({ index }) => index);
  for (const line of table.split("\n")) {
    const [condition, ...rest] = [line.slice(first, second), line.slice(second, third), line.slice(third)].map((x) =>
      x.trim(),
    );
    // A reason goes on below.
    if (condition === "") last[1] += ` ${rest[1]}`;
    else rows[condition] = last = rest;
  }
  return { code, out, rows };
}

describe("a rate that a model may have", () => {
  test("of one's own: proven, bounded, unique, with its conductivity", async () => {
    const { code, out, rows } = await checked("--rate", "1-exp(-sqrt(a*b/(a+b)))", "--temperatures", "1,3");
    expect(code).toBe(0);
    expect(out).toContain('The rate "1-exp(-sqrt(a*b/(a+b)))" and the conditions of the theory');
    expect(out).toContain("As it is computed: (1-exp((-sqrt(((a*b)/(a+b))))))\n");
    expect(out).toMatch(/\n\nA model may have this rate\.\n$/);
    expect(Object.fromEntries(Object.entries(rows).map(([name, [verdict]]) => [name, verdict]))).toEqual({
      "(a) positive": "proven",
      "(a) smooth": "yes",
      "(b) does not fall": "proven",
      "(c) bounded": "yes",
      cooperative: "to ratio 3",
      symmetric: "yes",
      "elasticity in a": "0 to 0.5000",
      "elasticity in b": "0 to 0.5000",
      "conductivity at 1": ((1 - Math.exp(-Math.sqrt(1 / 2))) / 2).toPrecision(4),
      "conductivity at 3": ((1 - Math.exp(-Math.sqrt(3 / 2))) / 2).toPrecision(4),
      cost: "functions",
    });
    expect(rows["(c) bounded"][1]).toBe("below 1");
    expect(rows.cooperative[1]).toContain("E* is unique at any temperatures");
  });

  test.each([
    ["constant", "everywhere", "yes", "yes"],
    ["sqrt-sum", "everywhere", "yes", "no"],
    ["sqrt-harmonic", "to ratio 3.562", "yes", "no"],
    ["sqrt-min", "to ratio 3", "but for a = b", "no"],
  ])("the law %s", async (law, cooperative, smooth, bounded) => {
    const { code, rows } = await checked("--rate", law);
    expect(code).toBe(0);
    expect(rows.cooperative[0]).toBe(cooperative);
    expect(rows["(a) smooth"][0]).toBe(smooth);
    expect(rows["(c) bounded"][0]).toBe(bounded);
    expect(rows.cost[1]).toContain(`the operations of "${law}"`);
  });

  test("with parameters, a scale and a cap: the supremum is that of g/(1 + g/K)", async () => {
    const rate = { expression: "s*(a+b)/(1+(a+b))", parameters: { s: 2 }, scale: 3, cap: 4 };
    const { out } = await ran(["check", "-", "--json"], { input: JSON.stringify({ rate }) });
    const found = JSON.parse(out) as Record<string, unknown>;
    expect(found).toMatchObject({ rate, canRun: true, canonical: "((2*(a+b))/(1+(a+b)))" });
    expect(found.supremum).toBeCloseTo(6 / (1 + 6 / 4), 12);
    const g = (3 * 2 * 2) / 3;
    expect((found.smallGapConductivity as number[])[0]).toBeCloseTo(g / (1 + g / 4) / 2, 12);
  });

  test("that is not symmetric, and one of endless elasticity, whose E* is unique all the same", async () => {
    const { rows } = await checked("--rate", "sqrt(a)+0.1*sqrt(b)");
    expect(rows.symmetric[0]).toBe("no");
    const { code, rows: steep } = await checked("--rate", "exp(-1/sqrt(a*b))");
    expect(code).toBe(0);
    expect(steep["elasticity in a"][0]).toBe("0 to inf");
    expect(steep.cooperative).toEqual([
      "not proven",
      expect.stringContaining("E* is unique between 1 and 2, by the elasticities at"),
    ]);
  });
});

test("a rate that differs from bond to bond: half the harmonic mean is the conductivity of a small gap", async () => {
  const { code, out } = await ran([
    "check",
    "--rate",
    "(1+k)*sqrt(a+b)",
    "--cells",
    "2",
    "--temperatures",
    "2,2",
    "--json",
  ]);
  expect(code).toBe(0);
  const { smallGapConductivity, differs } = JSON.parse(out) as { smallGapConductivity: number[]; differs: boolean };
  expect(differs).toBe(true);
  expect(smallGapConductivity[0]).toBeCloseTo((3 * 2) / (2 * (1 + 1 / 2 + 1 / 3)), 12);
  const { rows } = await checked("--rate", "(1+k)*sqrt(a+b)", "--cells", "2");
  expect(rows["(b) does not fall"][0]).toBe("proven");
  expect(rows.cooperative[1]).toMatch(/it is unique between 1 and 2$/);
});

describe("a rate that no model can have is shown as well, with what to do", () => {
  test("it falls: the point is named", async () => {
    const { code, out, rows } = await checked("--rate", "1/(1+a+b)");
    expect(code).toBe(1);
    expect(rows["(a) positive"][0]).toBe("proven");
    expect(rows["(b) does not fall"]).toEqual(["refuted", "f(1, 1) = 0.3333 falls in a: its slope is -0.1111"]);
    expect(out).toContain("No model can have this rate. Write one that rises");
  });

  test("it is not positive, or has no value somewhere", async () => {
    const { code, out, rows } = await checked("--rate", "sqrt(a-b)");
    expect(code).toBe(1);
    expect(rows["(a) positive"]).toEqual(["refuted", "f(1, 1) = 0"]);
    expect(rows.symmetric[0]).toBe("no");
    expect(out).toContain("Write one that is above 0");
  });

  test("it is neither proven nor refuted: the part in the way is named, and how to run it all the same", async () => {
    const { code, out, rows } = await checked("--rate", "2-1/(1+a+b)");
    expect(code).toBe(1);
    expect(rows["(b) does not fall"]).toEqual(["not proven", "the sign of (2-(1/((1+a)+b))) is not known"]);
    const advice = /\{"rate":\{.*?\}\}/.exec(out.replaceAll("\n", " "))![0];
    const assumed = await ran(["check", "-"], { input: advice });
    expect(assumed.code).toBe(0);
    expect(assumed.out).toMatch(/\n\(b\) does not fall +assumed /);
    // What is said to be the same is proven.
    expect((await checked("--rate", "1+(a+b)/(1+(a+b))")).rows["(b) does not fall"][0]).toBe("proven");
  });

  test("--json says the same", async () => {
    const { code, out } = await ran(["check", "--rate", "1/(1+a+b)", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      canRun: false,
      positive: "proven",
      monotone: "refuted",
      counterexample: { a: 1, b: 1, fault: "monotone" },
      uniqueEquilibrium: false,
    });
  });
});

test("a text that cannot be read, and temperatures that are none, are faults with exit code 2", async () => {
  expect(await ran(["check", "--rate", "sqrt(a+c)"])).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringMatching(/^--rate: expected a, b, k, N, pi or a function.*\n {4}sqrt\(a\+c\)\n {11}\^\n$/),
  });
  expect(await ran(["check", "--rate", "sqrt(a+b)", "--temperatures", "1,-2"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("--temperatures (number 2): expected a temperature"),
  });
});
