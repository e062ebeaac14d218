/** Inputs that the theory refuses, and the errors' texts. */
import { expect, test } from "vitest";
import { InvalidInputError, OutOfMemoryError } from "../../src/errors.ts";
import { defineModel } from "../../src/model.ts";
import { covariance, diffusion, drift, jacobian, limit } from "../../src/theory/index.ts";

const model = defineModel({ cells: 3, particles: 10, temperatures: [1, 2] });

function problemsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    return (error as InvalidInputError).problems.map((p) => `"${p.field}" expected ${p.expected}, got ${p.got}`);
  }
  return [];
}

test.each([drift, jacobian, diffusion])("$name refuses energies that are not those of the chain", (of) => {
  expect(problemsOf(() => of(model, [1, 2]))).toEqual(['"energies" expected 3 energies, got [1, 2]']);
  expect(problemsOf(() => of(model, [1, 0, NaN]))).toEqual([
    '"energies[1]" expected a positive energy, got 0',
    '"energies[2]" expected a positive energy, got NaN',
  ]);
  expect(problemsOf(() => of(model, null as unknown as number[]))).toEqual([
    '"energies" expected 3 energies, got null',
  ]);
  expect(problemsOf(() => of(model, new Float64Array([1, 1, 1])))).toEqual([]);
});

test.each([limit, covariance])("$name refuses times that are not in order", (of) => {
  expect(problemsOf(() => of(model, []))).toEqual(['"times" expected one time at least, got []']);
  expect(problemsOf(() => of(model, [-1, 0, 2, 2, Infinity]))).toEqual([
    '"times[0]" expected a finite time from 0 on, got -1',
    '"times[3]" expected a finite time after 2, got 2',
    '"times[4]" expected a finite time after 2, got Infinity',
  ]);
  expect(problemsOf(() => of(model, [0, NaN]))).toHaveLength(1);
  expect(problemsOf(() => of(model, [0, 1]))).toEqual([]);
});

test("a matrix that no memory can hold is refused by its size", () => {
  const long = defineModel({ cells: 1_000_000, particles: 10, temperatures: [1, 2] });
  const energies = new Float64Array(1_000_000).fill(1);
  expect(() => jacobian(long, energies)).toThrow(OutOfMemoryError);
  expect(() => diffusion(long, energies)).toThrow(OutOfMemoryError);
  expect(() => covariance(long, [1])).toThrow(OutOfMemoryError);
});
