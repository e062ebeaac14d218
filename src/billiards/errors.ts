/** Errors of billiards alone. */
import { MesofluxError } from "../errors.ts";

/** The disks of a billiard do not fit into their cells at random. */
export class CrowdedTableError extends MesofluxError {
  override name = "CrowdedTableError";
  constructor(
    /** M. */
    readonly particles: number,
  ) {
    super(`no free places were found for ${particles} disks a cell; take a smaller radius, or larger cells`);
  }
}
