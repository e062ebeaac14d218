import * as mesoflux from "mesoflux";
import { run } from "./run.js";

// The page's address may have options: ?workers=2.
const options = [...new URLSearchParams(location.search)].map(([name, value]) => [name, Number(value)]);
const { output, ran } = await run(mesoflux, Object.fromEntries(options));
const shown = document.querySelector("pre");
Object.assign(shown.dataset, ran);
shown.append(output);
