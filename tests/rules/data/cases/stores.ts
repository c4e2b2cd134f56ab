/** The first lines of a file that has a client of each library at hand. */
export const prisma = 'import { PrismaClient } from "@prisma/client";\nexport const prisma = new PrismaClient();\n';
export const drizzle = 'import { drizzle } from "drizzle-orm/node-postgres";\nimport { eq, sql } from "drizzle-orm";\nimport { users, orders } from "./schema";\nexport const db = drizzle("postgres://localhost/shop");\n';
export const typeorm = 'import { DataSource, Repository, EntityManager } from "typeorm";\nimport { InjectRepository } from "@nestjs/typeorm";\nimport { User, Order } from "./entities";\n';
export const kysely = 'import { Kysely, sql } from "kysely";\nexport const db = new Kysely<DB>({ dialect });\n';
export const knex = 'import makeKnex from "knex";\nexport const knex = makeKnex({ client: "pg" });\n';
export const sequelize = 'import { Sequelize, Model } from "sequelize";\nexport const sequelize = new Sequelize("postgres://localhost/shop");\nexport class User extends Model {}\nexport class Order extends Model {}\n';
export const mongoose = 'import mongoose from "mongoose";\nexport const User = mongoose.model("User", userSchema);\nexport const Order = mongoose.model("Order", orderSchema);\n';
export const mongodb = 'import { MongoClient } from "mongodb";\nexport const client = new MongoClient("mongodb://localhost");\nexport const users = client.db().collection("users");\n';
export const mikro = 'import { EntityManager } from "@mikro-orm/postgresql";\n';
export const objection = 'import { Model } from "objection";\nexport class User extends Model {}\nexport class Order extends Model {}\n';
export const pg = 'import { Pool } from "pg";\nexport const pool = new Pool();\n';
export const postgres = 'import postgres from "postgres";\nexport const sql = postgres("postgres://localhost/shop");\n';
export const slonik = 'import { createPool, sql } from "slonik";\nexport const pool = await createPool("postgres://localhost/shop");\n';
export const mysql2 = 'import mysql from "mysql2/promise";\nexport const pool = mysql.createPool({ host: "localhost" });\n';
export const sqlite = 'import Database from "better-sqlite3";\nexport const db = new Database("shop.db");\n';
export const mssql = 'import sql from "mssql";\nexport const pool = new sql.ConnectionPool({ server: "localhost" });\n';
export const libsql = 'import { createClient } from "@libsql/client";\nexport const client = createClient({ url: "libsql://shop" });\n';
export const firestore = 'import { getFirestore } from "firebase-admin/firestore";\nexport const db = getFirestore();\n';
