import * as mesoflux from "mesoflux";
import { run } from "./run.js";

void run(mesoflux).then(({ output }) => process.stdout.write(output));
