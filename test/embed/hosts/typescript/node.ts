import { computeOnQueue, work } from "mesoflux/bullmq";
import { RunFolder, exportResult } from "mesoflux/store";

export const functions = [computeOnQueue, work, exportResult, RunFolder];
