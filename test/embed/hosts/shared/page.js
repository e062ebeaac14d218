import * as mesoflux from "mesoflux";
import { run } from "./run.js";

const { output, ran } = await run(mesoflux, { workers: 2 });
const shown = document.querySelector("pre");
shown.append(output);
shown.dataset.threads = ran.threads;
