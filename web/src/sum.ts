export function sum(values: Float64Array): number;
export function sum(values: Float64Array | undefined): number | undefined;
/** The sum of the values; undefined if there are none. */
export function sum(values: Float64Array | undefined): number | undefined {
  return values?.reduce((total, value) => total + value, 0);
}
