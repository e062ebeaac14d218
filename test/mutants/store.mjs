/** Defects of run folders and exports. */
const DAMAGE = ["store/damage.test.ts"];
const RESUME = ["store/resume.test.ts"];
const EXPORT = ["store/export.test.ts"];

export default [
  {
    file: "src/store/files.ts",
    tests: ["store/files.test.ts"],
    mutants: [
      ["a file is not synced", "      await file.sync();\n", ""],
      ["a folder is not synced", "    await syncFolder(dirname(path));\n", ""],
      ["what has lost its name stays behind", "  await rm(temporary);\n", ""],
      ["the last to begin wins", "    await link(temporary, path);", "    return await rename(temporary, path);"],
    ],
  },
  {
    file: "src/store/chunkFile.ts",
    tests: DAMAGE,
    mutants: [
      [
        "the checksum is not looked at",
        "if (!checksum.equals(file.subarray(end)))",
        "if (checksum.length < end - end)",
      ],
      ["a chunk of any run will do", 'if (file.toString("hex", ID, FIRST) !== expected.id)', 'if (expected.id === "")'],
      [
        "a chunk of any replicas will do",
        "if (first !== chunk.first || level !== chunk.level)",
        "if (level !== chunk.level)",
      ],
    ],
  },
  {
    file: "src/store/chunkStore.ts",
    tests: DAMAGE,
    mutants: [
      ["what was moved aside before is lost", "n = 2; existsSync(aside); n++", "n = 2; n > 2; n++"],
      [
        "a chunk that another has finished is an error",
        'if (typeof this.read(chunk) !== "object") throw error;',
        "throw error;",
        { tests: RESUME, named: "tidied up, while another is writing" },
      ],
      [
        "files that are being written are refused",
        "!name.endsWith(UNFINISHED) && !name.endsWith(REFUSED)",
        "!name.endsWith(REFUSED)",
      ],
    ],
  },
  {
    file: "src/store/manifest.ts",
    tests: DAMAGE,
    mutants: [
      ["a manifest's id is not looked at", "if (manifestOf(manifest).id !== manifest.id)", 'if (manifest.id === "")'],
    ],
  },
  {
    file: "src/store/runFolder.ts",
    tests: DAMAGE,
    mutants: [
      ["another version goes on", "spec.mesoflux !== VERSION || spec.wasm", "spec.mesoflux !== VERSION && spec.wasm"],
      ["files of living writers are removed", "if (survey.missing.length === 0) await", "await"],
      ["a chunk that is there is run again", '    if (typeof store.read(chunk) === "object") return false;\n', ""],
      [
        "half a chunk is written as a whole one",
        "        if (replicas < 2 ** chunk.level) return;\n",
        "",
        { tests: RESUME, named: "by its signal goes on" },
      ],
      [
        "progress begins at nothing",
        "new ProgressMeter(replicas, onProgress, replicas - left)",
        "new ProgressMeter(replicas, onProgress)",
        { tests: ["store/progress.test.ts"] },
      ],
    ],
  },
  {
    file: "src/store/status.ts",
    tests: ["store/progress.test.ts"],
    mutants: [
      [
        "the first of the last chunks counts in the rate",
        "const counted = recent.slice(1);",
        "const counted = recent;",
      ],
    ],
  },
  {
    file: "src/store/export/table.ts",
    tests: EXPORT,
    mutants: [["every batch begins at the first point", "at(start + r)", "at(r)"]],
  },
  {
    file: "src/store/export/csv.ts",
    tests: EXPORT,
    mutants: [["zero has no sign", 'return Object.is(value, -0) ? "-0" : String(value);', "return String(value);"]],
  },
  {
    file: "src/store/export/samples.ts",
    tests: EXPORT,
    mutants: [
      [
        "every batch begins at replica 0",
        "replica[filled] = batch.first + Math.floor(row / T);",
        "replica[filled] = Math.floor(row / T);",
      ],
    ],
  },
  {
    file: "src/store/export/npy.ts",
    tests: EXPORT,
    mutants: [
      [
        "the header's length counts the preamble",
        "header.writeUInt16LE(length - PREAMBLE,",
        "header.writeUInt16LE(length,",
      ],
    ],
  },
];
