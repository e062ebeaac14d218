/** Histograms as curves: two points for each bin, so that a chart of lines can show them. */
interface Bins {
  readonly count: number;
  readonly most: number;
}

/** The number of the edge at each point: 0, 1, 1, 2, 2, .. */
export const edgesOf = ({ count }: Bins): number[] => Array.from({ length: 2 * count }, (_, i) => Math.ceil(i / 2));

/** x at each point. */
export const placesOf = (bins: Bins): number[] => edgesOf(bins).map((edge) => (edge * bins.most) / bins.count);

/** Densities by bins, at each point. */
export const heightsOf = (densities: Float64Array): number[] => Array.from(densities).flatMap((one) => [one, one]);
