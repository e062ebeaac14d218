// A transform of asc: keeps the calls of the functions that know the rate, where the host puts code for another rate.
import binaryen from "binaryen";
import { Transform } from "assemblyscript/transform";

export default class extends Transform {
  afterCompile(module) {
    binaryen.setPassArgument("no-inline", "assembly/laws/*");
    module.runPasses(["no-inline"]);
  }
}
