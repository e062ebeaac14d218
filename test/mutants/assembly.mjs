/** Defects of the engine. */
const ELEMENTARY = ["engine/elementary.test.ts"];
const RANDOM = ["engine/random.test.ts"];
const NORMAL = ["engine/normal.test.ts"];
const SAMPLERS = ["engine/samplers.test.ts"];
const EXCHANGE = ["engine/exchange.test.ts"];
const REDUCTION = ["ensemble/reduction.test.ts"];
const LAW = ["ensemble/short-times.test.ts", "ensemble/one-cell.test.ts"];
const EQUATION = ["ensemble/mesoscopic.test.ts"];
const FOLLOW = ["ensemble/follow.test.ts"];
const SPECIALISE = ["rate/specialise.test.ts"];
const FAULTS = ["rate/faults.test.ts"];
const HANDED_OVER = ["rate/handed-over.test.ts"];
const RATES_AGREE = ["rate/methods-agree.test.ts"];

export default [
  {
    file: "assembly/beta.ts",
    tests: ELEMENTARY,
    mutants: [
      ["shares of Beta(1, M)", "const g = 1 / (particles - 1);", "const g = 1 / particles;"],
      ["the series of 130 particles serves from 40 on", "if (particles < 130)", "if (particles < 40)"],
      ["the series of 9422 particles serves from 1500 on", "(particles < 9422)", "(particles < 1500)"],
      ["the series of 65536 particles serves from 15000 on", "(particles < 65536)", "(particles < 15000)"],
    ],
  },
  {
    file: "assembly/elementary.ts",
    tests: ELEMENTARY,
    mutants: [
      ["logarithms of uniforms: intervals begin at their middles", "((word + 0x1000) >> 9)", "(word >> 9)"],
      ["the last middle, 1, has no logarithm", "i <= (EXPONENTS - 1) * INTERVALS", "i < (EXPONENTS - 1) * INTERVALS"],
      [
        "the low part of ln 2 has the other sign",
        "const r = f64x2.sub(\n      f64x2.sub(x",
        "const r = f64x2.add(\n      f64x2.sub(x",
      ],
      [
        "expm1 is exp less 1",
        "return f64x2.add(f64x2.mul(scale, Elementary.expm1Reduced(x, shifted)), f64x2.sub(scale, f64x2.splat(1)));",
        "return f64x2.sub(Elementary.exp(x), f64x2.splat(1));",
      ],
    ],
  },
  {
    file: "assembly/functions.ts",
    tests: ELEMENTARY,
    mutants: [["one digit of a logarithm", "correct(44, 1);", "correct(44, 1 << 8);"]],
  },
  {
    file: "assembly/random.ts",
    tests: RANDOM,
    mutants: [
      ["a shift of 18 in the scalar stream", "const t = b << 17;", "const t = b << 18;"],
      [
        "a rotation by 44 in a lane",
        "d = v128.or(i64x2.shl(d, 45), i64x2.shr_u(d, 19));",
        "d = v128.or(i64x2.shl(d, 44), i64x2.shr_u(d, 20));",
      ],
      ["keys of 18 rounds", "round < 20; round += 2", "round < 18; round += 2"],
      [
        "one stream for two replicas of the equation",
        "keyBlocks(seed, second, PURPOSE_NOISE, 1)",
        "keyBlocks(seed, first, PURPOSE_NOISE, 1)",
        { tests: ["ensemble/determinism.test.ts"] },
      ],
    ],
  },
  {
    file: "assembly/poisson.ts",
    tests: SAMPLERS,
    mutants: [
      ["inversion: the next probability is that after the next", "p *= mean / k;", "p *= mean / (k + 1);"],
      ["rejection: the place is not shifted by 0.43", "* u + mean + 0.43)", "* u + mean)"],
      [
        "rejection: log k! has k - 1/2",
        "return (k + 0.5) * Elementary.log1(k)",
        "return (k - 0.5) * Elementary.log1(k)",
      ],
      ["rejection: a squeeze that lets too many pass", "const squeeze = 0.9277", "const squeeze = 0.9777"],
      ["rejection: too wide tails are refused unseen", "(margin < 0.013 &&", "(margin < 0.13 &&"],
      ["Stirling's series serves from 8 on", "if (k < 16)", "if (k < 8)", { tests: ELEMENTARY }],
    ],
  },
  {
    file: "assembly/normal.ts",
    tests: NORMAL,
    mutants: [
      ["tails of more than a half", "f64x2.pmin(u, f64x2.sub(one, u))", "f64x2.pmin(u, u)"],
      ["the series ends after 6 terms", "const TERMS: i32 = 11;", "const TERMS: i32 = 6;"],
      ["dg/dv = g g", "product(0, 2, n - 1)", "product(0, 1, n - 1)"],
    ],
  },
  {
    file: "assembly/bounds.ts",
    tests: EXCHANGE,
    mutants: [
      [
        "a bound at one cell's energy",
        "return Bounds.rateAt(clock, State.ceiling(k), State.ceiling(k + 1));",
        "return Bounds.rateAt(clock, State.ceiling(k), State.energy(k + 1));",
      ],
      ["the bond after the one that rang keeps its bound", "sides * (k + 2)", "sides * (k + 1)"],
      [
        "coarser slots stand for the present bond alone",
        "height *= 2;\n    Bounds.layOut();",
        "height *= 2;\n    slots = 0;",
        { tests: ["ensemble/methods-agree.test.ts"], named: "from a cold start" },
      ],
      [
        "the bounds of another model are kept",
        "static forget(): void {\n    sinceStart = false;",
        "static forget(): void {",
        { tests: ["ensemble/short-times.test.ts"] },
      ],
      [
        "a floor stays where it is",
        "if (energy < State.floor(j)) State.setFloor(j, energy / headroom);",
        "",
        { tests: SPECIALISE, named: "floors" },
      ],
      [
        "the bond before the one that rang keeps its floor's rate",
        "j = max(k - 1, 0); j <= min(k + 1, cells)",
        "j = k; j <= min(k + 1, cells)",
        { tests: SPECIALISE, named: "floors" },
      ],
      ["rates count as sure that are above f", "1 - 1e-12;", "1.01;", { tests: SPECIALISE, named: "floors" }],
      [
        "slots of no height",
        "max(LEAST_HEIGHT, (1.000001 * sum) / (slotsPerBond(<f64>cells) * <f64>(cells + 1)))",
        "(1.000001 * sum) / (slotsPerBond(<f64>cells) * <f64>(cells + 1))",
        { tests: FAULTS, named: "as small as" },
      ],
      [
        "any rate is a bound",
        "return Fault.unless(clock >> (sides - 1), a, b, Rate.inUnits(clock, a, b));",
        "return Rate.inUnits(clock, a, b);",
        { tests: FAULTS, named: "too large at|negative at" },
      ],
      [
        "bounds are watched before they are raised",
        "    Bounds.lift(k);\n    Bounds.lift(k + 1);",
        "    if (guarded) Bounds.guard(k - 1, k + 1);\n    Bounds.lift(k);\n    Bounds.lift(k + 1);",
        { tests: FAULTS, named: "not accused" },
      ],
    ],
  },
  {
    file: "assembly/exact.ts",
    tests: FAULTS,
    mutants: [["bounds are renewed unseen", "if (guarded) Bounds.guard(0, cells);", "", { named: "narrower" }]],
  },
  {
    file: "assembly/fault.ts",
    tests: FAULTS,
    mutants: [
      ["negative rates are rates", "found >= 0 && found", "found", { named: "negative at|engine by itself" }],
      ["the largest rates are rates", "found <= HIGHEST", "found <= Infinity", { named: "too large|infinite" }],
      ["bounds to a percent", "(1 + 1e-12)", "1e9", { named: "narrower" }],
      [
        "the last fault is told",
        "if (bond >= 0) return;",
        "",
        { survives: "any fault will do, and the first is the nearest" },
      ],
    ],
  },
  {
    file: "assembly/chunk.ts",
    tests: FAULTS,
    mutants: [
      [
        "a fault in the last replica is not told",
        "return Fault.found ? STATUS_RATE : STATUS_DONE;",
        "return STATUS_DONE;",
      ],
    ],
  },
  {
    file: "assembly/laws.ts",
    tests: SPECIALISE,
    mutants: [
      ["the smaller energy in vectors is the larger", "f64x2.pmin(a, b)", "f64x2.pmax(a, b)", { named: "^sqrt-min" }],
      ["the mark of √(ab/(a+b))", "y2 * (a + b) < a * b * r", "y2 * (a + b) <= a * b", { named: "^sqrt-harmonic" }],
      [
        "the cap in units of 1",
        "max(1 - y * scale * inverseCap, 0)",
        "max(1 - y * inverseCap, 0)",
        { named: "^sqrt-sum" },
      ],
    ],
  },
  {
    file: "assembly/exchange.ts",
    tests: SPECIALISE,
    mutants: [
      [
        "the right cell's floor is not watched",
        "left < load<f64>(cell + toFloor) || right < load<f64>(cell + toFloor, 16)",
        "left < load<f64>(cell + toFloor)",
        { named: "floors" },
      ],
      [
        "the floors beside baths are not watched",
        "if (squeezed && left < load<f64>(inner + toFloor)) Bounds.sink(State.bondOf(cell));",
        "",
        { named: "floors" },
      ],
      [
        "the numbers of bond 0 for all bonds",
        "exceeds(mark, a, b, cell)",
        "exceeds(mark, a, b, State.cell(0))",
        { tests: RATES_AGREE, named: "12 random" },
      ],
    ],
  },
  {
    file: "assembly/candidates.ts",
    tests: EXCHANGE,
    mutants: [
      [
        "a mark on the level of its neighbour's slot",
        "i64x2.shuffle(first, second, 0, 2)",
        "i64x2.shuffle(first, first, 0, 2)",
      ],
      [
        "the last candidates have the uniforms of earlier ones",
        "((count + 3) >> 2) << 1",
        "(count >> 2) << 1",
        { tests: LAW },
      ],
    ],
  },
  {
    file: "assembly/exact.ts",
    tests: LAW,
    mutants: [
      [
        "added candidates come at half their rate",
        "(Bounds.rate - before) * length)",
        "(Bounds.rate - before) * (length / 2))",
      ],
      ["none of the added candidates has passed", ">= total - passed + 1) passed++;", ">= total + 1) passed++;"],
      ["one gap fewer lies ahead", ">= total - passed + 1) passed++;", ">= total - passed) passed++;"],
      [
        "candidates drawn at lower bounds go on",
        "    undealt = Poisson.sample((Bounds.rate - before) * length);\n    Candidates.forget();",
        "    undealt = Poisson.sample((Bounds.rate - before) * length);",
      ],
      [
        "replicas share their streams in pairs",
        "Random.startBoth(seed, replica);",
        "Random.startBoth(seed, replica & ~1);",
      ],
    ],
  },
  {
    file: "assembly/exchange.ts",
    tests: EXCHANGE,
    mutants: [
      [
        "each cell gives of its neighbour's energy",
        "const x = load<f64>(fraction) * a;",
        "const x = load<f64>(fraction) * b;",
      ],
      ["the left bath's inflow has the other sign", "given += (x - y)", "given += (y - x)"],
      [
        "an energy above its ceiling is not seen if the other is below",
        "(cell, 8) && right <=",
        "(cell, 8) || right <=",
      ],
      ["no bound is raised beside a bath", "if (left <= load<f64>(inner, 8)) continue;", "if (left > 0) continue;"],
    ],
  },
  {
    file: "assembly/fractions.ts",
    tests: EXCHANGE,
    mutants: [
      ["half of a bath's uniforms are old ones", "<i32>(bathRow >> 2)", "<i32>(bathRow >> 3)"],
      [
        "both cells give by p",
        "f64x2.mul(f64x2.sub(one, part), v128.load(p + row))",
        "f64x2.mul(part, v128.load(p + row))",
      ],
    ],
  },
  {
    file: "assembly/direct.ts",
    tests: EXCHANGE,
    mutants: [
      [
        "clocks of the slow timescale are M times too fast",
        "/ (speed * total)",
        "/ (particles * total)",
        { tests: ["ensemble/determinism.test.ts"] },
      ],
      ["both cells give by p", "const x = (1 - p3) *", "const x = p3 *"],
      ["the rate of the bond before is stale", "    if (k > 0) Direct.rateOne(k - 1);\n", "", { tests: LAW }],
    ],
  },
  {
    file: "assembly/chunk.ts",
    tests: REDUCTION,
    mutants: [
      [
        "left is merged into right",
        "Moments.merge(State.block(depth - 1), State.block(depth));",
        "Moments.merge(State.block(depth), State.block(depth - 1));",
      ],
      [
        "a replica that left the cone counts",
        "lane < lanes() && leftAt() < 0; lane++",
        "lane < lanes(); lane++",
        { tests: EQUATION },
      ],
    ],
  },
  {
    file: "assembly/moments.ts",
    tests: REDUCTION,
    mutants: [
      [
        "the mean moves by the left half's weight",
        "const weight = rightCount / count;",
        "const weight = leftCount / count;",
      ],
      ["squares of unequal halves", "const product = leftCount * weight;", "const product = rightCount * weight;"],
      [
        "a bond transfers what its cell has gained",
        "transferred -= energy - at(start, k - 1);",
        "transferred += energy - at(start, k - 1);",
        { tests: FOLLOW },
      ],
      ["of covariances only the diagonal grows", "moments == MOMENTS_COVARIANCE ? 0 : i;", "i;"],
      [
        "the last of an odd number of products is left out",
        "  if (count & 1) store<f64>(left,",
        "  if (count > 9) store<f64>(left,",
      ],
    ],
  },
  {
    file: "assembly/state.ts",
    tests: LAW,
    mutants: [
      [
        "the rates of the start are not kept",
        "memory.copy(startAt, cellsAt, startAt - cellsAt);",
        "memory.copy(startAt, cellsAt, ratesAt - cellsAt);",
        { tests: ["ensemble/methods-agree.test.ts"], named: "from a cold start" },
      ],
      [
        "intervals begin at time 0",
        "return State.time(nextObservation) - State.time(nextObservation - 1);",
        "return State.time(nextObservation);",
        { tests: EQUATION },
      ],
      [
        "the baths change sides",
        "side = 16 + RIGHT_IS_FAST * fast",
        "side = RIGHT_IS_FAST * fast",
        { tests: EXCHANGE },
      ],
      [
        "there is no room for the last block",
        "<f64>(levels + 1) * blockLength(",
        "<f64>levels * blockLength(",
        { tests: REDUCTION },
      ],
      [
        "a path's last time is not moved on",
        "  State.setTime(nextObservation - 1, State.time(nextObservation));\n",
        "",
        { tests: FOLLOW },
      ],
    ],
  },
  {
    file: "assembly/laws.ts",
    tests: EXCHANGE,
    mutants: [
      ["a mark is held against half of a law", "y2 * (a + b) < a * b * r", "2 * y2 * (a + b) < a * b * r"],
      [
        "the least of two energies is the greatest, two at a time",
        "f64x2.sqrt(f64x2.pmin(a, b))",
        "f64x2.sqrt(f64x2.pmax(a, b))",
        { tests: HANDED_OVER },
      ],
    ],
  },
  {
    file: "assembly/baths.ts",
    tests: EXCHANGE,
    mutants: [
      ["a thermal packet is a share", "return energy / particles;", "return share * energy;"],
      [
        "packets of the other sign",
        "load<f64>(shares + i), -load<f64>(logs + i)",
        "load<f64>(shares + i), load<f64>(logs + i)",
      ],
    ],
  },
  {
    file: "assembly/lanes.ts",
    tests: EQUATION,
    mutants: [["the stages do not know the baths", "    memory.copy(stageAt, energies, row);\n", ""]],
  },
  {
    file: "assembly/step.ts",
    tests: EQUATION,
    mutants: [
      [
        "the product of the two energies has the other sign in V²",
        "f64x2.sub(b, f64x2.mul(cross, a))",
        "f64x2.add(b, f64x2.mul(cross, a))",
      ],
      ["the right bath is as hot as the left one", "bathExcess(rightTemperature)", "bathExcess(leftTemperature)"],
      ["a flow of third order", "Step.stage(false, whole);", "Step.stage(false, whole / 3);"],
    ],
  },
  {
    file: "assembly/mesoscopic.ts",
    tests: EQUATION,
    mutants: [
      [
        "a kick begins with the last normal of the one before",
        "normal += (<usize>(cells + 1)) << 4;",
        "normal += (<usize>cells) << 4;",
      ],
      [
        "flows are too short every second time",
        "flow == BETWEEN_KICKS ? 2 * TO_KICK",
        "flow == BETWEEN_KICKS ? TO_KICK",
      ],
      [
        "a replica leaves the cone at another time",
        "firstLeft < 0 && i64x2.extract_lane(inside, 0) == 0",
        "i64x2.extract_lane(inside, 0) == 0",
      ],
    ],
  },
];
