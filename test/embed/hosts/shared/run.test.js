import * as mesoflux from "mesoflux";
import { run } from "./run.js";

test("the ten lines", async () => {
  const { output } = await run(mesoflux);
  expect(output).toBe(process.env.README_OUTPUT);
});
