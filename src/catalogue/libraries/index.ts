import type { Library } from "../library.js";
import axios from "./axios.js";
import bullmq from "./bullmq.js";
import byCapability from "./by-capability.js";
import drizzle from "./drizzle.js";
import express from "./express.js";
import fastify from "./fastify.js";
import global from "./global.js";
import hono from "./hono.js";
import httpExceptions from "./http-exceptions.js";
import ioredis from "./ioredis.js";
import knex from "./knex.js";
import koa from "./koa.js";
import kysely from "./kysely.js";
import mikroOrm from "./mikro-orm.js";
import mongodb from "./mongodb.js";
import mongoose from "./mongoose.js";
import nestjs from "./nestjs.js";
import node from "./node.js";
import pg from "./pg.js";
import pino from "./pino.js";
import postgres from "./postgres.js";
import prisma from "./prisma.js";
import sequelize from "./sequelize.js";
import typeorm from "./typeorm.js";
import upstashRedis from "./upstash-redis.js";
import winston from "./winston.js";
import zod from "./zod.js";

/** Everything the catalogue knows; where two entries name a package, the first counts. */
export const libraries: readonly Library[] = [
  axios,
  bullmq,
  drizzle,
  express,
  fastify,
  global,
  hono,
  ...httpExceptions,
  ioredis,
  knex,
  koa,
  kysely,
  mikroOrm,
  mongodb,
  mongoose,
  ...nestjs,
  ...node,
  pg,
  pino,
  postgres,
  prisma,
  sequelize,
  typeorm,
  upstashRedis,
  winston,
  zod,
  ...byCapability,
];
