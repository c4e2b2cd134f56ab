import type { StandardSection } from "../clause.js";

export const stack: StandardSection = {
  id: "stack",
  title: "Default stack",
  clauses: [
    {
      id: "STACK-1",
      title: "Runtime",
      asks: ["Language/runtime: Python 3.10+"],
      reading: "TypeScript on a version of Node.js, Bun or Deno that is still maintained, and that is written down in `engines`, a version file or the container image.",
    },
    {
      id: "STACK-2",
      title: "API framework",
      asks: ["API framework: FastAPI"],
      reading: "One web framework: Express, Fastify, NestJS, Hono, Koa or another that is well kept. Two in one application need a reason.",
    },
    {
      id: "STACK-3",
      title: "Data validation",
      asks: ["Data validation: Pydantic v2"],
      reading: "One library of runtime schemas: Zod, TypeBox, Valibot, ArkType, Joi, Yup, or class-validator with class-transformer.",
    },
    {
      id: "STACK-4",
      title: "Data access",
      asks: ["Data access: SQLAlchemy"],
      reading: "One library for data access: Prisma, Drizzle, TypeORM, MikroORM, Sequelize, Kysely, Knex, Mongoose or a driver behind repositories.",
    },
    {
      id: "STACK-5",
      title: "Migrations",
      asks: ["Migrations: Alembic"],
      reading: "The migrations of that library, or a migration tool beside it, in a folder that git tracks.",
    },
    {
      id: "STACK-6",
      title: "Package tooling",
      asks: ["Package/runtime tooling: uv"],
      reading: "One package manager with one lockfile that git tracks.",
    },
    {
      id: "STACK-7",
      title: "Quality tooling",
      asks: ["Quality tooling: ruff + pytest"],
      reading: "A linter, a formatter, `tsc` in strict mode and a test runner, each with a script that runs it.",
    },
  ],
};
