export function sum(values: Float64Array): number;
export function sum(values: Float64Array | undefined): number | undefined;
/** Of nothing, nothing. */
export function sum(values: Float64Array | undefined): number | undefined {
  return values?.reduce((total, value) => total + value, 0);
}
