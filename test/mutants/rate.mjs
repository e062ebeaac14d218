/** Defects of a model's own rate: its proof, its tables, its code, and the way to the engine. */
const SPECIALISE = ["rate/specialise.test.ts"];
const CONDITIONS = ["rate/conditions.test.ts"];
const FAULTS = ["rate/faults.test.ts"];
const ANY_RATE = ["theory/anyRate.test.ts"];
const HANDED_OVER = ["rate/handed-over.test.ts"];

export default [
  {
    file: "src/rate/code.ts",
    tests: SPECIALISE,
    mutants: [
      [
        "a quotient is pulled apart by a number below zero",
        'node.kind === "divide" && positive[node.right]',
        'node.kind === "divide"',
        { named: "host's evaluator" },
      ],
      [
        "a root is pulled over to one side",
        "if (right !== undefined) right = multiply(right, right);",
        "",
        { named: "host's evaluator" },
      ],
      [
        "the cap in units of 1",
        "multiply(y, writer.number(cap.scale))",
        "multiply(y, writer.number(1))",
        { named: "^sqrt-sum" },
      ],
      [
        "vectors of one number",
        "if (this.type === V128) this.bytes.push(0xfd, 0x14);",
        "",
        { named: "host's evaluator" },
      ],
      ["the numbers of another table", "unsigned(8 * i)", "unsigned(8 * (i ^ 1))", { named: "each bond" }],
      ["bonds lie 16 bytes apart", "signed(pairs)", "signed(1)", { named: "each bond" }],
      [
        "a mark that is the rate is an event",
        "writer.bytes.push(0x63);",
        "writer.bytes.push(0x65);",
        { survives: "marks are never equal to rates: a set of measure zero" },
      ],
    ],
  },
  {
    file: "src/rate/specialise.ts",
    tests: SPECIALISE,
    mutants: [
      ["arguments in the other order", "[...place.values].reverse()", "place.values", { named: "^sqrt-sum" }],
      [
        "code for one call only",
        "for (const [callAt, callEnd] of calls) {",
        "for (const [callAt, callEnd] of calls.slice(0, 1)) {",
        { survives: "the calls that are left are of the same code, and slower" },
      ],
    ],
  },
  {
    file: "src/rate/sites.ts",
    tests: SPECIALISE,
    mutants: [
      ["bonds are counted from 1", "(_, k) => k) },\n    N:", "(_, k) => k + 1) },\n    N:", { named: "each bond" }],
      ["only the first factor counts", "product * factor[k], 1)", "product, factors[0][k])", { named: "each bond" }],
      ["N is the number of bonds", "N: to.number(cells)", "N: to.number(bonds)", { named: "each bond" }],
    ],
  },
  {
    file: "src/rate/expression.ts",
    tests: SPECIALISE,
    mutants: [
      [
        "the cap is not in the key",
        'cap === null ? "" : ` capped at',
        'cap !== 7 ? "" : ` capped at',
        { named: "a module says" },
      ],
      ["signs of tables are not in the key", 'isAbove(table) ? ` p${i}>0` : ""', '""', { named: "other signs" }],
      ["a law with factors is the law", "scales ? undefined : lawsByText", "lawsByText", { tests: HANDED_OVER }],
    ],
  },
  {
    file: "src/rate/elasticity.ts",
    tests: CONDITIONS,
    mutants: [
      ["a quotient rises with its divisor", "x.step, y.step, [1, -1]", "x.step, y.step, [1, 1]"],
      ["a root is as steep as what is under it", "x, 1 / 2)", "x, 1)"],
      ["the first term of a sum decides", "return either(node, x.sign, x, y);\n    // c", "return x;\n    // c"],
      ["1 - e^v is as 1 - e^-v", "if (v.sign < 0 && c >= 1)", "if (c >= 1)"],
      ["log rises at a rate that is proven for c >= 1 alone", "sign > 0 && c >= 1 ? 1 : NaN", "sign > 0 ? 1 : NaN"],
      [
        "half of the choices",
        "combination < 1 << choices.length",
        "combination < 1 << Math.max(choices.length - 1, 0)",
      ],
    ],
  },
  {
    file: "src/rate/refute.ts",
    tests: CONDITIONS,
    mutants: [
      ["a rate may fall in b", '["b", b, 0, 1] as const]', '["b", b, 1, 0] as const]'],
      ["a rate may be zero", "rate > 0 && rate < Infinity", "rate >= 0 && rate < Infinity"],
    ],
  },
  {
    file: "src/theory/rates.ts",
    tests: ANY_RATE,
    mutants: [
      ["every rate is symmetric", "slope(a, b, 0, 1, k)", "slope(b, a, 1, 0, k)"],
      ["every bond is bond 0", "value: (k, a, b) => value(a, b, k)", "value: (k, a, b) => value(a, b, 0)"],
      ["a cap damps slopes once", "(damping * damping)", "damping"],
    ],
  },
  {
    file: "src/kernel.ts",
    tests: SPECIALISE,
    mutants: [
      ["any build has any rate", "this.key === undefined ? law : this.key === key", "true", { named: "a module says" }],
      [
        "tables one after the other",
        "sites[stride * k + j] = entry",
        "sites[j * (cells + 1) + k] = entry",
        { named: "each bond" },
      ],
      [
        "nobody watches",
        "isCostly && !isGuarded, isGuarded)",
        "isCostly, false)",
        { tests: FAULTS, named: "narrower" },
      ],
    ],
  },
  {
    file: "src/engine.ts",
    tests: HANDED_OVER,
    mutants: [
      ["an engine that was handed over is not taken", "isGiven = true;", "isGiven = false;"],
      ["it is asked for no rate", "kernel.checkRate(expressionOf(model));", ""],
      ["a refusal is for good", "module.catch(() => specialised.delete(key));", "module.catch(() => undefined);"],
    ],
  },
];
