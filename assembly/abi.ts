/**
 * What the engine and its host both must know: compiled by asc into the engine and by tsc into the host.
 * Codes are stable within one ABI version; the host refuses an engine of another.
 */
export const ABI_VERSION = 4;

/** Streams of random numbers: the same seed and stream version give the same numbers for ever. */
export const STREAM_VERSION = 2;

/** Rate laws f(a, b), before `scale` and `cap`. */
export const LAW_CONSTANT = 0;
export const LAW_SQRT_SUM = 1;
export const LAW_SQRT_HARMONIC = 2;
export const LAW_SQRT_MIN = 3;

/** What a bath of temperature T offers: B·Exp(T), the paper's, or Exp(T/M). */
export const BATH_EXPONENTIAL = 0;
export const BATH_THERMAL = 1;

export const METHOD_EXACT = 0;
export const METHOD_DIRECT = 1;
export const METHOD_MESOSCOPIC = 2;

/** What a block keeps of its replicas. */
export const MOMENTS_MEAN = 0;
export const MOMENTS_VARIANCE = 1;
export const MOMENTS_COVARIANCE = 2;

/** What `allocate`, `advance` and `follow` answer. */
export const STATUS_DONE = 0;
export const STATUS_MORE = 1;
export const STATUS_NO_MEMORY = 2;
export const STATUS_LEFT_CONE = 3;

/** Arrays in the engine's memory that the host reads or writes, by the address that `region` gives. */
export const REGION_TIMES = 0;
export const REGION_INITIAL = 1;
export const REGION_OBSERVATIONS = 2;
export const REGION_BLOCKS = 3;

/** Shares that `nextShares` draws at a time. */
export const SHARES = 1024;
