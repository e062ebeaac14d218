/** Defects of a guest: models that are trusted, turns that are not given, hosts that are taken for granted. */
const MODELS = ["guest/models.test.ts"];
const TOGETHER = ["guest/concurrency.test.ts"];
const ABORTS = ["guest/aborts.test.ts"];
const HOSTS = ["guest/host-errors.test.ts"];
const ENGINE = ["guest/engine.test.ts"];
const GLOBALS = ["guest/globals.slow.ts"];
const POLICIES = ["guest/policies.slow.ts"];
const WORKERS = ["ensemble/workers.test.ts"];

export default [
  {
    file: "assembly/check.ts",
    tests: ENGINE,
    mutants: [
      ["the first energy is not looked at", "let k = 1; k <= cells", "let k = 2; k <= cells"],
      ["the last energy is not looked at", "k <= cells; k++", "k < cells; k++"],
      ["a time that never comes is one", "time >= 0 && time < Infinity)", "time >= 0)"],
    ],
  },
  {
    file: "assembly/index.ts",
    tests: ENGINE,
    mutants: [
      ["a bath may be at any temperature", " && Check.isPositive(right);", ";"],
      ["a rate may be scaled by anything", "!Check.isPositive(scale) || ", ""],
    ],
  },
  {
    file: "src/model.ts",
    tests: MODELS,
    mutants: [["a frozen model is a good one", "if (models.has(input))", "if (Object.isFrozen(Object(input).rate))"]],
  },
  {
    file: "src/theory/equilibrium.ts",
    tests: MODELS,
    mutants: [["a prediction trusts its model", "defineModel(input)", "input as Model"]],
  },
  {
    file: "src/ensemble/follow.ts",
    tests: MODELS,
    mutants: [["a path trusts its model", "defineModel(input)", "input as Model"]],
  },
  {
    file: "src/turns.ts",
    tests: TOGETHER,
    mutants: [
      ["all runs go on in the same turn", "const [next, ...rest] = others;", "const [next, ...rest] = [others[0]];"],
      [
        "runs that are about to end wait for the others",
        "...urgent, ...(next ? [next] : [])",
        "...(next ? [next] : [])",
      ],
      ["a turn has no end", "if (clock() < sliceEnd && ++looks < MOST_LOOKS) return false;", "return false;"],
      ["a clock that stands still is trusted", " && ++looks < MOST_LOOKS", "", { tests: GLOBALS }],
      [
        "a way to wait that refuses is the only one",
        "      // The next one, then.",
        "      return;",
        { tests: GLOBALS },
      ],
      ["a hidden clock is an error", "    // Hidden.", "    throw new Error();", { tests: GLOBALS }],
      [
        "the timers of the moment",
        "const timer = setTimer!(call, milliseconds);",
        "const timer = setTimeout(call, milliseconds);",
        { tests: GLOBALS },
      ],
    ],
  },
  {
    file: "src/aborts.ts",
    tests: ABORTS,
    mutants: [
      ["a call that comes after its abort loads an engine", "if (signal?.aborted) return undefined;", ""],
      ["a listener for each run", "heard.get(signal) ?? listenTo(signal)", "listenTo(signal)"],
      ["listeners are left", 'signal.removeEventListener("abort", listener);', ""],
      ["null is a fault", "(value) => value ?? undefined", "(value) => value"],
      [
        "a signal is known by its class",
        "  return (\n    typeof aborted",
        "  return value instanceof AbortSignal && (\n    typeof aborted",
        { tests: GLOBALS },
      ],
      ["why it was aborted is not told", "{ cause: signal?.reason }", "{}", { tests: HOSTS }],
      [
        "what is slow in coming is waited for",
        "return Promise.race([aborted, work()])",
        "return Promise.resolve(work())",
      ],
    ],
  },
  {
    file: "src/engine.ts",
    tests: HOSTS,
    mutants: [
      ["an engine of another build will do", "if (found === WASM_STAMP)", "if (found)"],
      ["a refusal is for good", "compiled.catch(() => (release = undefined));", ""],
      [
        "bytes by the host's atob",
        "return bytesOf(WASM);",
        "atob(WASM.slice(0, 4)); return bytesOf(WASM);",
        { tests: GLOBALS },
      ],
    ],
  },
  {
    file: "src/configure.ts",
    tests: HOSTS,
    mutants: [
      [
        "a module is known by its class",
        'tagOf(value) === "WebAssembly.Module"',
        "value instanceof WebAssembly.Module",
        { tests: GLOBALS },
      ],
      [
        "the most workers are not set",
        "...(maxWorkers !== undefined && { most: maxWorkers }), ",
        "",
        { tests: TOGETHER },
      ],
    ],
  },
  {
    file: "src/host.ts",
    tests: HOSTS,
    mutants: [
      ["the platform's bare error", "throw engineError(error);", "throw error;"],
      ["old browsers are told of a policy", 'if (name === "CompileError" && ', 'if (name === "CompileErrors" && '],
      ["no WebAssembly is no error", 'if (typeof WebAssembly === "object") return', "return"],
    ],
  },
  {
    file: "src/json.ts",
    tests: ABORTS,
    mutants: [["arrays are objects to JSON", "if (ArrayBuffer.isView(value)) return", "if (value === 0) return"]],
  },
  {
    file: "src/platform.ts",
    tests: GLOBALS,
    mutants: [
      ["a global that throws is an error", "return tried(() => globalThis[name]);", "return globalThis[name];"],
      ["addresses of blobs are left", "if (!isRevoked) URL.revokeObjectURL(url);", "", { tests: POLICIES }],
      [
        "Trusted Types are not asked",
        "return policy ? policy.createScriptURL(url) : url;",
        "return url;",
        { tests: POLICIES },
      ],
      [
        "blobs before the address that is named",
        "[() => openUrl(url), openBlob]",
        "[openBlob, () => openUrl(url)]",
        { tests: POLICIES },
      ],
    ],
  },
  {
    file: "src/ensemble/workerPool.ts",
    tests: TOGETHER,
    mutants: [
      ["the run that came first goes first", "      this.runs.delete(run);\n      this.runs.add(run);", ""],
      ["chunks that wait are not let go", "for (const { resolve } of this.waiting.splice(0)) resolve(NOTHING);", ""],
      ["idle workers keep a program alive", "for (const worker of this.workers) worker.hold(false);", ""],
      ["a new address changes nothing", "if (changes.url !== undefined) pools.clear();", "", { tests: POLICIES }],
    ],
  },
  {
    file: "src/ensemble/pooledWorker.ts",
    tests: TOGETHER,
    mutants: [
      ["a run that is over goes on in its workers", 'this.post({ kind: "forget", run: id });', ""],
      [
        "what comes after a worker's end is heard",
        "else if (!this.isLost) this.hear",
        "else this.hear",
        { tests: WORKERS },
      ],
    ],
  },
];
