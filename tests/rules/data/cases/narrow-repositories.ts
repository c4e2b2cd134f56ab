import type { ProjectLiteral } from "../../../support/model.js";

/** A situation, and the files of a project; a line that must be reported ends with `// ! message`. */
export type Case = readonly [name: string, files: ProjectLiteral];

const one = (code: string): ProjectLiteral => ({ "src/users/user.repository.ts": code });
const prismaRepository = (members: string, imports = "PrismaClient, Prisma, User"): ProjectLiteral => one(`import { ${imports} } from "@prisma/client";
export class UserRepository {
  constructor(private readonly prisma: PrismaClient) {}
${members}
}`);
const methods = (count: number, access = ""): string => Array.from({ length: count }, (_, index) => `  ${access}async find${index}(id: string): Promise<{ id: string }> { return { id }; }`).join("\n");

/** Repositories through which the store can be seen. */
export const reported: readonly Case[] = [
  ["an object that names functions of its file, those that it exports by themselves once", one(`import { Pool } from "pg";
const pool = new Pool();
async function add(user: { id: string }): Promise<any> { return pool.query("insert into users values ($1)", [user.id]); } // ! returnsAny
export async function drop(id: string): Promise<any> { return pool.query("delete from users where id = $1", [id]); } // ! returnsAny
export default { add, drop };
`)],
  ["a repository of TypeORM with methods of the project's own", one(`import { DataSource, SelectQueryBuilder } from "typeorm";
const source = new DataSource({ type: "postgres" });
export const UserRepository = source.getRepository(User).extend({
  active(): SelectQueryBuilder<User> { return this.createQueryBuilder("user").where("user.active"); }, // ! returns
  search(text: string) { return this.query(text); }, // ! sql
});
`)],
  ["what a class takes, what it gives and the SQL that it runs, each by itself", prismaRepository(`  list(where: Prisma.UserWhereInput): Promise<{ id: string }[]> { return this.prisma.user.findMany({ where, take: 10 }); } // ! takes
  client(): PrismaClient { return this.prisma; } // ! returns
  run(text: string): Promise<number> { return this.prisma.$executeRawUnsafe(text); } // ! sql`)],
  ["a filter of the library among the arguments", one(`import type { FindOptionsWhere, Repository } from "typeorm";
export class UserRepository {
  constructor(private readonly users: Repository<User>) {}
  async list(args: { where: FindOptionsWhere<User> }): Promise<User[]> { return this.users.find({ where: args.where, take: 10 }); } // ! takes
}`)],
  ["an object with any keys that is the condition", one(`import type { Knex } from "knex";
export class UserRepository {
  constructor(private readonly knex: Knex) {}
  async list(where: Record<string, unknown>): Promise<{ id: string }[]> { return this.knex("users").where(where).limit(10); } // ! takesFilter
}`)],
  ["a row that saves itself", one(`import { Model } from "sequelize";
class UserModel extends Model {}
export class UserRepository {
  async get(id: string): Promise<UserModel | null> { return UserModel.findByPk(id); } // ! returns
}`)],
  ["all options of TypeORM", one(`import { Repository, FindManyOptions } from "typeorm";
export class UserRepository {
  constructor(private readonly users: Repository<User>) {}
  list(options: FindManyOptions<User>): Promise<User[]> { return this.users.find(options); } // ! takes
}`)],
  ["a getter that gives the client away", prismaRepository("  get client(): PrismaClient { return this.prisma; } // ! exposes")],
  ["a callback that works on the builder", one(`import { Knex } from "knex";
export class UserRepository {
  constructor(private readonly knex: Knex) {}
  async list(refine: (query: Knex.QueryBuilder) => Knex.QueryBuilder): Promise<unknown[]> { return refine(this.knex("users").limit(10)); } // ! takes
}`)],
  ["a repository that is an object", one(`import { Prisma, PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export const userRepository = {
  list: (where: Prisma.UserWhereInput): Promise<{ id: string }[]> => prisma.user.findMany({ where, take: 10 }), // ! takes
  count: (): Promise<number> => prisma.user.count(),
};`)],
  ["a repository that a function makes", one(`import type { Knex } from "knex";
export const makeUserRepository = (knex: Knex) => ({
  rows: (): Knex.QueryBuilder => knex("users"), // ! returns
  async first(): Promise<unknown> { return knex("users").first(); },
});`)],
  ["a where-clause of Prisma", prismaRepository("  find(where: Prisma.UserWhereInput): Promise<{ id: string }[]> { return this.prisma.user.findMany({ where }); } // ! takes")],
  ["create input of Prisma", prismaRepository("  async add(data: Prisma.UserCreateInput): Promise<void> { await this.prisma.user.create({ data }); } // ! takes")],
  ["all arguments of Prisma", prismaRepository("  list(args: Prisma.UserFindManyArgs) { return this.prisma.user.findMany(args); } // ! takes")],
  ["a part of the parameters", prismaRepository("  list(params: { skip: number; where: Prisma.UserWhereInput }) { return this.prisma.user.findMany(params); } // ! takes")],
  ["an alias of a type of Prisma", { ...one('import { PrismaClient } from "@prisma/client";\nimport type { Where } from "./types";\nexport class UserRepository {\n  constructor(private readonly prisma: PrismaClient) {}\n  list(where: Where) { return this.prisma.user.findMany({ where }); } // ! takes\n}'), "src/users/types.ts": 'import type { Prisma } from "@prisma/client";\nexport type Where = Prisma.UserWhereInput;\n' }],
  ["conditions of TypeORM", one(`import { Repository, FindOptionsWhere } from "typeorm";
export class UserRepository {
  constructor(private readonly users: Repository<User>) {}
  find(where: FindOptionsWhere<User>): Promise<User[]> { return this.users.find({ where }); } // ! takes
}`)],
  ["a query builder of TypeORM, declared", one(`import { Repository, SelectQueryBuilder } from "typeorm";
export class UserRepository {
  constructor(private readonly users: Repository<User>) {}
  query(): SelectQueryBuilder<User> { return this.users.createQueryBuilder("u"); } // ! returns
}`)],
  ["a query builder of TypeORM, as it comes", one(`import { Repository } from "typeorm";
export class UserRepository {
  constructor(private readonly users: Repository<User>) {}
  active() { return this.users.createQueryBuilder("u").where("u.active = true"); } // ! returnsBuilder
}`)],
  ["what a delete of TypeORM tells", one(`import { Repository, DeleteResult } from "typeorm";
export class UserRepository {
  constructor(private readonly users: Repository<User>) {}
  async remove(id: string): Promise<DeleteResult> { return this.users.delete(id); } // ! returns
}`)],
  ["a builder of Kysely", one(`import { Kysely } from "kysely";
export class UserRepository {
  constructor(private readonly db: Kysely<DB>) {}
  active() { return this.db.selectFrom("user").where("active", "=", true); } // ! returnsBuilder
}`)],
  ["a filter of Mongoose", one(`import { Model, FilterQuery } from "mongoose";
export class UserRepository {
  constructor(private readonly model: Model<User>) {}
  async find(filter: FilterQuery<User>): Promise<User[]> { return this.model.find(filter).lean(); } // ! takes
}`)],
  ["documents of Mongoose", one(`import { Model, HydratedDocument } from "mongoose";
export class UserRepository {
  constructor(private readonly model: Model<User>) {}
  async find(id: string): Promise<HydratedDocument<User> | null> { return this.model.findById(id); } // ! returns
}`)],
  ["options of Sequelize", one(`import { FindOptions, Model } from "sequelize";
class User extends Model {}
export class UserRepository {
  async all(options: FindOptions): Promise<unknown[]> { return User.findAll(options); } // ! takes
}`)],
  ["the client of the driver", one(`import { Pool } from "pg";
export class UserRepository {
  constructor(private readonly pool: Pool) {}
  connection(): Pool { return this.pool; } // ! returns
}`)],
  ["a model that everybody sees", one(`import { Model } from "mongoose";
export class UserRepository {
  constructor(public readonly model: Model<User>) {} // ! exposes
  async add(name: string): Promise<void> { await this.model.create({ name }); }
}`)],
  ["the client that a store puts around its pool", { "src/db/postgres/locker-store.ts": `import { eq } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { lockers } from "../schema";
export class LockerStore {
  private readonly db: NodePgDatabase;
  constructor(pool: Pool) { this.db = drizzle(pool); }
  async free(id: string): Promise<number> { return (await this.db.select().from(lockers).where(eq(lockers.id, id))).length; }
  handle(): NodePgDatabase { return this.db; } // ! returns
}
`, "src/db/schema.ts": 'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const lockers = pgTable("lockers", { id: text("id") });\n' }],
  ["a text that the driver below Drizzle runs", { "src/repositories/lockers.ts": `import { drizzle } from "drizzle-orm/better-sqlite3";
export const db = drizzle("lockers.db");
export const lockerRepository = { run: async (text: string): Promise<unknown> => db.$client.prepare(text).all() }; // ! sql
` }],
  ["a property that everybody sees", one(`import { DataSource, Repository } from "typeorm";
export class UserRepository {
  public repository: Repository<User>; // ! exposes
  constructor(source: DataSource) { this.repository = source.getRepository(User); }
}`)],
  ["any, taken", prismaRepository("  async add(data: any): Promise<void> { await this.prisma.user.create({ data }); } // ! takesAny")],
  ["any, returned", prismaRepository("  async all(): Promise<any[]> { return this.prisma.user.findMany(); } // ! returnsAny")],
  ["SQL of the caller", one(`import { Pool } from "pg";
export class UserRepository {
  constructor(private readonly pool: Pool) {}
  async query(sql: string, values: unknown[]): Promise<unknown[]> { return (await this.pool.query(sql, values)).rows; } // ! sql
}`)],
  ["SQL of the caller, through a method of its own", one(`import { Pool } from "pg";
export class UserRepository {
  constructor(private readonly pool: Pool) {}
  async rows(text: string): Promise<unknown[]> { return this.run(text); } // ! sql
  private async run(text: string) { return (await this.pool.query(text)).rows; }
}`)],
  ["too many methods", one(`import { prisma } from "../db";\nexport class UserRepository { // ! wide\n  async count(): Promise<number> { return prisma.user.count(); }\n${methods(12)}\n}`)],
  ["a function of a repository file", one(`import { Prisma } from "@prisma/client";
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
export async function findUsers(where: Prisma.UserWhereInput): Promise<{ id: string }[]> { // ! takes
  return prisma.user.findMany({ where });
}`)],
  ["a repository as a constant function", one(`import { SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { users } from "../schema";
const db = drizzle("postgres://localhost/shop");
export const findUsers = async (where: SQL): Promise<{ id: string }[]> => db.select().from(users).where(where); // ! takes`)],
  ["a repository that makes its own client, and shows it", one(`import { Pool } from "pg";
export class RowRepository {
  readonly pool = new Pool(); // ! exposes
  async query(text: string): Promise<unknown> { return this.pool.query(text); } // ! sql
}`)],
];

/** Repositories that show what they are about and not how. */
export const silent: readonly Case[] = [
  ["an object that names functions of its file, with types of the domain", one(`import { Pool } from "pg";
const pool = new Pool();
async function find(id: string): Promise<User | undefined> { const { rows } = await pool.query("select id from users where id = $1", [id]); return rows[0]; }
export default { find };
`)],
  ["a repository of TypeORM with a method of the project's own that gives rows, and another object with such a method", one(`import { DataSource } from "typeorm";
const source = new DataSource({ type: "postgres" });
export const UserRepository = source.getRepository(User).extend({
  active(): Promise<User[]> { return this.find({ where: { active: true }, take: 10 }); },
});
export const plugin = chain.extend({ query(text: string) { return this.run(text); } });
`)],
  ["the fields of a row that saves itself", one(`import { Model } from "objection";
class User extends Model { static tableName = "users"; id!: number; name!: string; }
export class UserRepository {
  async list(fields: Partial<User>): Promise<{ id: number }[]> { return (await User.query().where(fields).limit(10)).map(({ id }) => ({ id })); }
}`)],
  ["what a base class has for all repositories, and the fields of a document", one(`import type { HydratedDocument, Model } from "mongoose";
type UserDocument = HydratedDocument<{ name: string }>;
export abstract class BaseRepository {
  protected constructor(protected readonly users: Model<UserDocument>) {}
  async count(): Promise<number> { return this.users.countDocuments(); }
  async add(data: Partial<UserDocument>): Promise<void> { await this.users.create(data); }
${methods(12)}
}`)],
  ["the handle of a transaction among the arguments", one(`import type { EntityManager, Repository } from "typeorm";
export class UserRepository {
  constructor(private readonly users: Repository<User>) {}
  async rename(args: { id: string; name: string; entityManager?: EntityManager }): Promise<void> { await this.users.update(args.id, { name: args.name }); }
}`)],
  ["an object with any keys that is no condition, and a class of the project", one(`import type { Knex } from "knex";
class Names { constructor(readonly names: string[]) {} }
export class UserRepository {
  constructor(private readonly knex: Knex) {}
  async note(id: string, details: Record<string, unknown>): Promise<Names> { await this.knex("notes").insert({ id, details: JSON.stringify(details) }); return new Names([]); }
}`)],
  ["a row with many methods of its subject", one(`import { Model } from "objection";
export class Flow extends Model {
  async publish(): Promise<void> { await this.$query().patch({ published: true }); }
${methods(13)}
}`)],
  ["a row of Lucid that gives rows of its relations", { "app/Models/Account.ts": `import { BaseModel, hasMany, type HasMany } from "@ioc:Adonis/Lucid/Orm";
import Token from "./Token";
export default class Account extends BaseModel {
  public tokens: HasMany<typeof Token>;
  async latest(): Promise<Token | null> { return this.related("tokens").query().first(); }
}
`, "app/Models/Token.ts": 'import { BaseModel } from "@ioc:Adonis/Lucid/Orm";\nexport default class Token extends BaseModel {}\n' }],
  ["a part of a statement that others run", one(`import { inArray, type SQL } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { posts, tags } from "../schema";
export function tagged(db: NodePgDatabase): SQL { return inArray(posts.id, db.select({ id: tags.post }).from(tags)); }`)],
  ["types of the domain", prismaRepository("  async find(id: string): Promise<{ id: string; name: string } | null> { return this.prisma.user.findUnique({ where: { id } }); }")],
  ["filters of the project", { ...one('import { PrismaClient } from "@prisma/client";\nimport type { UserFilter } from "./user-filter";\nexport class UserRepository {\n  constructor(private readonly prisma: PrismaClient) {}\n  async list(filter: UserFilter): Promise<{ id: string }[]> { return this.prisma.user.findMany({ where: { name: filter.name }, take: filter.limit }); }\n}'), "src/users/user-filter.ts": "export interface UserFilter { name: string; limit: number }\n" }],
  ["getters that are for subclasses, or give no client", prismaRepository("  protected get client(): PrismaClient { return this.prisma; }\n  get name(): string { return \"users\"; }")],
  ["plain rows of Prisma", prismaRepository("  async find(id: string): Promise<User | null> { return this.prisma.user.findUnique({ where: { id } }); }")],
  ["rows of Prisma with what is read beside them", prismaRepository("  async find(id: string): Promise<Prisma.UserGetPayload<{ include: { posts: true } }> | null> { return this.prisma.user.findUnique({ where: { id }, include: { posts: true } }); }\n  save(id: string, preview: Prisma.InputJsonValue) { return this.prisma.user.update({ where: { id }, data: { preview } }); }")],
  ["a handle that may be passed", prismaRepository("  async add(name: string, tx: Prisma.TransactionClient = this.prisma): Promise<void> { await tx.user.create({ data: { name } }); }")],
  ["a handle of TypeORM", one(`import { EntityManager, Repository } from "typeorm";
export class UserRepository {
  constructor(private readonly users: Repository<User>) {}
  async add(user: User, manager?: EntityManager): Promise<void> { await (manager ?? this.users.manager).save(user); }
}`)],
  ["a session of Mongoose", one(`import { ClientSession, Model } from "mongoose";
export class UserRepository {
  constructor(private readonly model: Model<User>) {}
  async add(name: string, session?: ClientSession): Promise<void> { await this.model.create([{ name }], { session }); }
}`)],
  ["a handle of Knex", one(`import { Knex } from "knex";
export class UserRepository {
  constructor(private readonly knex: Knex) {}
  async add(name: string, trx: Knex = this.knex): Promise<void> { await trx("users").insert({ name }); }
}`)],
  ["the constructor takes the client", prismaRepository("  async count(): Promise<number> { return this.prisma.user.count(); }")],
  ["a private helper that builds", one(`import { Repository, SelectQueryBuilder } from "typeorm";
export class UserRepository {
  constructor(private readonly users: Repository<User>) {}
  async all(): Promise<User[]> { return this.base().getMany(); }
  private base(): SelectQueryBuilder<User> { return this.users.createQueryBuilder("u"); }
}`)],
  ["a protected one and one with a hash", one(`import { Kysely, SelectQueryBuilder } from "kysely";
export class UserRepository {
  constructor(private readonly db: Kysely<DB>) {}
  async all(): Promise<unknown[]> { return this.#base().execute(); }
  protected base(): SelectQueryBuilder<DB, "user", object> { return this.db.selectFrom("user"); }
  #base() { return this.db.selectFrom("user").selectAll(); }
}`)],
  ["a statement that is returned to be awaited", prismaRepository("  all() { return this.prisma.user.findMany(); }")],
  ["unknown", prismaRepository("  async all(): Promise<unknown[]> { return this.prisma.user.findMany(); }")],
  ["twelve methods", one(`import { prisma } from "../db";\nexport class UserRepository {\n  async count(): Promise<number> { return prisma.user.count(); }\n${methods(11)}\n}`)],
  ["many private methods", one(`import { prisma } from "../db";\nexport class UserRepository {\n  async count(): Promise<number> { return prisma.user.count(); }\n${methods(20, "private ")}\n}`)],
  ["a service", { "src/users/user.service.ts": 'import { Prisma } from "@prisma/client";\nexport class UserService { where(name: string): Prisma.UserWhereInput { return { name }; } }\n' }],
  ["a mapper beside a repository", { ...prismaRepository("  async count(): Promise<number> { return this.prisma.user.count(); }"), "src/users/user.mapper.ts": 'import { User } from "@prisma/client";\nexport class UserMapper { toDomain(row: any): { id: string } { return row; } }\n' }],
  ["text that is a value", one(`import { Pool } from "pg";
export class UserRepository {
  constructor(private readonly pool: Pool) {}
  async byName(name: string): Promise<unknown[]> { return (await this.pool.query("select * from users where name = $1", [name])).rows; }
}`)],
  ["an entity of the project", { ...one('import { Repository } from "typeorm";\nimport { User } from "./user.entity";\nexport class UserRepository {\n  constructor(private readonly users: Repository<User>) {}\n  async find(id: string): Promise<User | null> { return this.users.findOne({ where: { id } }); }\n}'), "src/users/user.entity.ts": 'import { Entity, PrimaryColumn } from "typeorm";\n@Entity()\nexport class User { @PrimaryColumn() id!: string; }\n' }],
  ["enums of Prisma", prismaRepository("  async byRole(role: Role): Promise<{ id: string }[]> { return this.prisma.user.findMany({ where: { role } }); }", "PrismaClient, Role")],
  ["errors of the library", prismaRepository("  isTaken(error: Prisma.PrismaClientKnownRequestError): boolean { return error.code === 'P2002'; }")],
  ["a test", { "src/users/user.repository.test.ts": 'import { Prisma } from "@prisma/client";\nexport class UserRepository { find(where: Prisma.UserWhereInput) { return where; } }\n' }],
  ["an inherited base class", one(`import { EntityRepository } from "@mikro-orm/postgresql";
export class UserRepository extends EntityRepository<User> {
  async byName(name: string): Promise<User[]> { return this.find({ name }, { limit: 10 }); }
}`)],
  ["a function that takes the client it works on", one(`import { Kysely } from "kysely";
export async function findUser(db: Kysely<DB>, id: string): Promise<{ id: string } | undefined> {
  return db.selectFrom("user").selectAll().where("id", "=", id).executeTakeFirst();
}`)],
  ["numbers of the page", prismaRepository("  async list(page: number, size: number): Promise<{ id: string }[]> { return this.prisma.user.findMany({ skip: page * size, take: Math.min(size, 100) }); }")],
  ["a callback that is given a row, or the transaction", one(`import { Prisma, PrismaClient } from "@prisma/client";
export class UserRepository {
  constructor(private readonly prisma: PrismaClient) {}
  async change(id: string, change: (user: { name: string }) => { name: string }): Promise<void> { await this.prisma.user.update({ where: { id }, data: change({ name: id }) }); }
  async inside<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> { return this.prisma.$transaction(work); }
}`)],
  ["an object that no statement runs in", one(`export const userMapper = { toDomain: (row: any): { id: string } => row };`)],
  ["a class that is named after what it asks for", one(`export class RepositoryClient {
  async query(document: string, variables: any): Promise<unknown> { return fetch("https://code.example/graphql", { method: "POST", body: JSON.stringify({ document, variables }) }); }
}`)],
  ["the class that makes the client", { "src/db/database.ts": 'import { Kysely, PostgresDialect } from "kysely";\nimport { Pool } from "pg";\nexport class Database {\n  pool: Pool;\n  db: Kysely<unknown>;\n  constructor() { this.pool = new Pool(); this.db = new Kysely({ dialect: new PostgresDialect({ pool: this.pool }) }); }\n  async close(): Promise<void> { await this.db.destroy(); }\n}\n' }],
  ["as many methods as an interface of a package asks for", one(`import type { Adapter } from "auth-adapter";
import { PrismaClient } from "@prisma/client";
export class UserRepository implements Adapter {
  constructor(private readonly prisma: PrismaClient) {}
${methods(13)}
}`)],
];
