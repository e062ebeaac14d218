/** Installs the package once for all tests of how it is embedded. */
import type { TestProject } from "vitest/node";
import { install, type Place } from "./installed.ts";

declare module "vitest" {
  export interface ProvidedContext {
    installed: Place;
  }
}

export default async function setup(project: TestProject) {
  const { place, remove } = await install();
  project.provide("installed", place);
  return remove;
}
