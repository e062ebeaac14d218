/** Defects of the verification. */
export default [];
