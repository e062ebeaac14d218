/** Lets JSON hold results, whose arrays are typed. */

/**
 * The result, with a hidden `toJSON`, which no copy of it has: JSON.stringify makes lists of its arrays, and null of what is
 * no number.
 */
export function withJson<T extends object>(result: T): T {
  return Object.defineProperty(result, "toJSON", { value: () => plain({ ...result }) });
}

function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
