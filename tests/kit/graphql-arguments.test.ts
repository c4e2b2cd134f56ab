import { expect, it } from "vitest";
import { checkProject } from "../support/project.js";

it("takes arguments for closed whose type GraphQL holds to numbers or names, also through lists and the fields of input types, and texts for open", async () => {
  const code = `import { GraphQLEnumType, GraphQLInputObjectType, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLString } from "graphql";
import { Sequelize } from "sequelize";
const sequelize = new Sequelize("");
const Role = new GraphQLEnumType({ name: "Role", values: { A: {}, B: {} } });
const Order = new GraphQLInputObjectType({ name: "Order", fields: () => ({ field: { type: new GraphQLNonNull(Role) }, text: { type: GraphQLString } }) });
const paging = { limit: { type: GraphQLInt } };
export const Query = new GraphQLObjectType({
  name: "Query",
  fields: {
    people: {
      type: GraphQLString,
      args: { ...paging, role: { type: new GraphQLList(Role) }, order: { type: Order }, name: { type: GraphQLString } },
      async resolve(_, args) {
        await sequelize.query(\`select * from people where role = '\${args.role}' limit \${args.limit}\`);
        await sequelize.query(\`select * from people order by \${args.order.field}\`);
        await sequelize.query(\`select * from people order by \${args.order.text}\`);
        return sequelize.query(\`select * from people where name = '\${args.name}'\`);
      },
    },
  },
});
`;
  const found = await checkProject({ "package.json": '{ "name": "people", "scripts": { "start": "node ." }, "dependencies": { "graphql": "16", "sequelize": "6" } }', "src/graphql/query.ts": code }, { rule: "no-sql-injection" });
  expect(found.map((line) => /query\.ts:(\d+):/.exec(line)?.[1])).toEqual(["16", "17"]);
});
