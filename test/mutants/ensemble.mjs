/** Defects of ensembles. */
export default [];
