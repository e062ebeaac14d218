/** Rates that no model can have, and what is said of each at every door. */
import type { Problem } from "../../src/errors.ts";

interface WrongRate extends Omit<Problem, "field"> {
  readonly name: string;
  readonly expression: string;
  readonly parameters?: Readonly<Record<string, number>>;
}

const RISES = "a rate that is positive and does not fall as a or b rises";
const PROVEN =
  "a rate that is proven not to fall as a or b rises: of terms that rise, without differences, " +
  'or with monotone: "assumed" beside it, which watches for a fall';

export const WRONG_RATES: readonly WrongRate[] = [
  {
    name: "an unknown name",
    expression: "sqrt(a+c)",
    expected: "a, b, k, N, pi or a function",
    got: '"c"; constants are numbers or parameters',
    caret: "sqrt(a+c)\n       ^",
  },
  {
    name: "a parenthesis that is not closed",
    expression: "sqrt(a+b",
    expected: 'an operator or ")"',
    got: "the end",
    caret: "sqrt(a+b\n        ^",
  },
  {
    name: "a rate that falls",
    expression: "1/(1+a+b)",
    expected: RISES,
    got: "f(1, 1) = 0.3333 falls in a: its slope is -0.1111",
  },
  {
    name: "a rate that is neither proven nor refuted",
    expression: "2-1/(1+a+b)",
    expected: PROVEN,
    got: "one where the sign of (2-(1/((1+a)+b))) is not known",
  },
  {
    name: "a constant that is infinite",
    expression: "sqrt(a+b)+1/0",
    expected: "a finite value",
    got: "Infinity",
    caret: "sqrt(a+b)+1/0\n           ^",
  },
  {
    name: "a parameter that is not used",
    expression: "sqrt(a+b)",
    parameters: { s: 2 },
    expected: "a name in the expression",
    got: "one that is not in it",
  },
];
