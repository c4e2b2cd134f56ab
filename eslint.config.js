import eslintPlugin from "eslint-plugin-eslint-plugin";
import tseslint from "typescript-eslint";

const noTypeScriptAtRunTime = {
  patterns: [
    { group: ["typescript", "@typescript-eslint/utils", "eslint"], message: "Types only: the plugin must load without it.", allowTypeImports: true },
  ],
};

export default tseslint.config(
  { ignores: ["dist", "fixtures", "node_modules", "coverage"] },
  ...tseslint.configs.strict,
  { ...eslintPlugin.configs.recommended, files: ["rules/**/*.ts"] },
  {
    files: ["**/*.ts"],
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // `import x = require()` where a CommonJS module must load fast.
      "@typescript-eslint/no-require-imports": ["error", { allowAsImport: true }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
      // Nothing that is more than types to remove.
      "no-restricted-syntax": ["error", "TSEnumDeclaration", "TSParameterProperty", "TSModuleDeclaration[declare!=true]"],
    },
  },
  { files: ["src/{base,catalogue,standard,kit}/**/*.ts", "src/index.ts", "rules/**/*.ts"], rules: { "@typescript-eslint/no-restricted-imports": ["error", noTypeScriptAtRunTime] } },
  { files: ["src/cli/**/*.ts", "tests/**/*"], rules: { "no-console": "off" } },
);
