import type { Preset } from "../src/settings/registry.js";
import cqrs from "./cqrs.json" with { type: "json" };
import express from "./express.json" with { type: "json" };
import fastify from "./fastify.json" with { type: "json" };
import featureModules from "./feature-modules.json" with { type: "json" };
import hexagonal from "./hexagonal.json" with { type: "json" };
import hono from "./hono.json" with { type: "json" };
import koa from "./koa.json" with { type: "json" };
import layered from "./layered.json" with { type: "json" };
import nestjs from "./nestjs.json" with { type: "json" };
import next from "./next.json" with { type: "json" };

/**
 * The presets for frameworks and architectures; the severities of rules are in the presets recommended, strict and
 * legacy. Settings go before the evidence of the code, so a preset for a framework only says what the code cannot show
 * and what means nothing else in any other folder of a monorepo; the architectures are chosen by hand and say more.
 */
export const presets: readonly Preset[] = [
  { name: "express", description: "Express applications", packages: ["express"], covers: [], settings: express },
  { name: "fastify", description: "Fastify applications", packages: ["fastify"], covers: [], settings: fastify },
  { name: "nestjs", description: "NestJS applications", packages: ["@nestjs/core"], covers: ["express", "fastify"], settings: nestjs },
  { name: "hono", description: "Hono applications", packages: ["hono"], covers: [], settings: hono },
  { name: "koa", description: "Koa applications", packages: ["koa"], covers: [], settings: koa },
  { name: "next", description: "Route handlers of Next.js", packages: ["next"], covers: [], settings: next },
  { name: "layered", description: "Folders named after the layers: controllers, services, repositories", packages: [], covers: [], settings: layered },
  { name: "hexagonal", description: "Ports and adapters: domain, application, adapters in and out", packages: [], covers: [], settings: hexagonal },
  { name: "cqrs", description: "Commands, queries and their handlers", packages: ["@nestjs/cqrs"], covers: [], settings: cqrs },
  { name: "feature-modules", description: "One folder a feature below modules or features", packages: [], covers: [], settings: featureModules },
];
