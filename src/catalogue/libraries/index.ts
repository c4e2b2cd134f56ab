import type { Library } from "../library.js";
import auth from "./auth.js";
import aws from "./aws.js";
import axios from "./axios.js";
import bullmq from "./bullmq.js";
import byCapability from "./by-capability.js";
import cloudflare from "./cloudflare.js";
import containers from "./containers.js";
import credentials from "./credentials.js";
import drizzle from "./drizzle.js";
import elasticsearch from "./elasticsearch.js";
import entryPoints from "./entry-points.js";
import express from "./express.js";
import fastify from "./fastify.js";
import firebaseAdmin from "./firebase-admin.js";
import global from "./global.js";
import hono from "./hono.js";
import httpClients from "./http-clients.js";
import httpExceptions from "./http-exceptions.js";
import ioredis from "./ioredis.js";
import knex from "./knex.js";
import koa from "./koa.js";
import kysely from "./kysely.js";
import loggers from "./loggers.js";
import lucid from "./lucid.js";
import middleware from "./middleware.js";
import mikroOrm from "./mikro-orm.js";
import mongodb from "./mongodb.js";
import mongoose from "./mongoose.js";
import mssql from "./mssql.js";
import mysql2, { mariadb } from "./mysql2.js";
import next from "./next.js";
import nestjs from "./nestjs.js";
import node from "./node.js";
import objection from "./objection.js";
import orchidOrm from "./orchid-orm.js";
import otherDatabases from "./other-databases.js";
import pg from "./pg.js";
import pgPromise from "./pg-promise.js";
import pino from "./pino.js";
import postgres from "./postgres.js";
import prisma from "./prisma.js";
import queues from "./queues.js";
import sequelize from "./sequelize.js";
import services from "./services.js";
import settings from "./settings.js";
import sinks from "./sinks.js";
import slonik from "./slonik.js";
import sqlTags from "./sql-tags.js";
import sqlite from "./sqlite.js";
import supabase from "./supabase.js";
import transactional from "./transactional.js";
import typeorm from "./typeorm.js";
import upstashRedis from "./upstash-redis.js";
import validators from "./validators.js";
import winston from "./winston.js";
import zod from "./zod.js";

/** Everything the catalogue knows. Names that end with `*` give way to longer ones and to whole names. */
export const libraries: readonly Library[] = [
  ...auth,
  ...aws,
  axios,
  bullmq,
  ...cloudflare,
  ...containers,
  ...credentials,
  drizzle,
  elasticsearch,
  ...entryPoints,
  express,
  ...fastify,
  firebaseAdmin,
  global,
  hono,
  ...httpClients,
  ...httpExceptions,
  ioredis,
  knex,
  koa,
  kysely,
  ...loggers,
  lucid,
  ...middleware,
  mikroOrm,
  mongodb,
  mongoose,
  mssql,
  mysql2,
  mariadb,
  next,
  ...nestjs,
  ...node,
  objection,
  orchidOrm,
  ...otherDatabases,
  pg,
  pgPromise,
  pino,
  postgres,
  prisma,
  ...queues,
  sequelize,
  ...services,
  ...settings,
  ...sinks,
  slonik,
  ...sqlTags,
  ...sqlite,
  supabase,
  ...transactional,
  typeorm,
  upstashRedis,
  ...validators,
  winston,
  zod,
  ...byCapability,
];
