/**
 * What the engine of rare events and its host both must know: compiled by asc into the engine and by tsc into the host. Codes are
 * stable within one ABI version; the host refuses an engine of another. Baths have the codes of the core's ABI.
 */
export const RARE_ABI = 1;

/** Answers of the functions that can fail or be unfinished. */
export const STATUS_DONE = 0;
/** The budget of events is used up; call again. */
export const STATUS_MORE = 1;
export const STATUS_NO_MEMORY = 2;
export const STATUS_UNKNOWN = 3;

/** Arrays in the engine's memory that the host reads or writes, by the address that `region` gives. */
export const REGION_SITES = 0;
/** N energies at time 0. */
export const REGION_INITIAL = 1;
/** S+1 times. */
export const REGION_TIMES = 2;
/** (S+1) x N momenta, then as many energies of the path that they belong to. */
export const REGION_MOMENTA = 3;
export const REGION_PATH = 4;
/** (S+1) x N x N: how the momenta follow deviations from that path. */
export const REGION_GAINS = 5;
/** N energies at the end, or hidden temperatures; then carried, log weight, events. */
export const REGION_RESULT = 6;

/** Numbers of a result after the energies: energy carried over the observed bond, logarithm of the weight, events. */
export const RESULT_CARRIED = 0;
export const RESULT_WEIGHT = 1;
export const RESULT_EVENTS = 2;
export const RESULT_NUMBERS = 3;

/** No bond is observed. */
export const NO_BOND = -1;
