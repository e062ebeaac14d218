import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "build/", "report/", "coverage/", "docs/api/", "**/wasm.ts", "**/workerSource.ts"] },
  // Programs for hosts that are not installed here.
  { ignores: ["test/embed/hosts/"] },
  {
    files: ["src/**/*.ts", "test/**/*.ts", "web/**/*.ts", "*.ts"],
    ignores: ["test/engine/probe.ts"],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    // Their packages may not be installed, and have no types then.
    files: ["test/{cluster,engines,readers}/*.ts"],
    rules: { "@typescript-eslint/no-unnecessary-type-assertion": "off" },
  },
  {
    // What decides a result must not use the host's transcendental functions, random numbers or clocks.
    files: [
      "src/*.ts",
      "src/billiards/**/*.ts",
      "src/rare/**/*.ts",
      "src/ensemble/**/*.ts",
      "src/rate/**/*.ts",
      "src/theory/**/*.ts",
    ],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "MemberExpression[object.name='Math'][property.name=/^(random|a?(sin|cos|tan)h?|atan2|exp|expm1|log|log1p|log2|log10|pow|hypot|cbrt)$/]",
          message: "differs from engine to engine: use the engine's own elementary functions",
        },
        { selector: "MemberExpression[object.name='Date']", message: "no clock may reach a result" },
      ],
    },
  },
  {
    // AssemblyScript: parsed for syntax only, since its types are not TypeScript's.
    files: ["assembly/**/*.ts", "test/engine/probe.ts", "bench/yardstick.ts"],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { allowInvalidAST: true } },
    rules: { "no-unreachable": "error", "no-debugger": "error", "prefer-const": "error", "no-dupe-else-if": "error" },
  },
);
