import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";

const rule = "no-erased-metadata-type";
const tsconfig = { "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }' };
const parts = { "src/users.service.ts": 'import { Injectable } from "@nestjs/common";\n@Injectable() export class UsersService {}\nexport interface Clock { now(): number }\n', "src/create-user.dto.ts": "export class CreateUserDto { name = ''; }\n", "src/current-user.ts": 'import { createParamDecorator } from "@nestjs/common";\nexport const CurrentUser = createParamDecorator(() => 1);\n' };
const file = "src/users.controller.ts";
const check = (code: string, config: Readonly<Record<string, string>> = tsconfig) => checkProject({ ...config, ...parts, [file]: code }, { rule });
const nest = 'import { Body, Controller, Inject, Post } from "@nestjs/common"; export const used = [Body, Controller, Inject, Post];\n';

describe("reports", () => {
  it.each([
    ["an injected class", 'import type { UsersService } from "./users.service.js";\n@Controller() export class A { constructor(private readonly users: UsersService) {} }', "2:15 no-erased-metadata-type injection"],
    ["one with an inline type", 'import { type UsersService } from "./users.service.js";\n@Controller() export class A { constructor(private readonly users: UsersService) {} }', "2:10 no-erased-metadata-type injection"],
    ["a type of a package that a container is to make", 'import type { ConfigService } from "@nestjs/config";\n@Controller() export class A { constructor(private readonly config: ConfigService) {} }', "2:15 no-erased-metadata-type injection"],
    ["a body that a pipe validates", 'import type { CreateUserDto } from "./create-user.dto.js";\n@Controller() export class A { @Post() make(@Body() body: CreateUserDto) { return body; } }', "2:15 no-erased-metadata-type parameter"],
    ["a body that Nest's own pipe is given options for", 'import { ValidationPipe } from "@nestjs/common";\nimport type { CreateUserDto } from "./create-user.dto.js";\n@Controller() export class A { @Post() make(@Body(new ValidationPipe({ whitelist: true })) body: CreateUserDto) { return body; } }', "3:15 no-erased-metadata-type parameter"],
    ["one that may be null", 'import type { CreateUserDto } from "./create-user.dto.js";\n@Controller() export class A { @Post() make(@Body() body: CreateUserDto | null) { return body; } }', "2:15 no-erased-metadata-type parameter"],
  ])("%s", async (_name, code, found) => {
    expect(await check(nest + code)).toEqual([`${file}:${found}`]);
  });

  it("a class that several parameters need, once, where it is imported", async () => {
    const code = 'import type {\n  CreateUserDto,\n} from "./create-user.dto.js";\n@Controller() export class A { @Post() make(@Body() body: CreateUserDto) { return body; } @Post("again") again(@Body() body: CreateUserDto) { return body; } }';
    expect(await check(nest + code)).toEqual([`${file}:3:3 no-erased-metadata-type parameter`]);
  });

  it("with the edit that mends it", async () => {
    const code = `${nest}import type { UsersService } from "./users.service.js";\n@Controller() export class A { constructor(private readonly users: UsersService) {} }`;
    const [finding] = await findingsOf({ ...tsconfig, ...parts, [file]: code }, { rule });
    const [edit] = finding?.fix ?? [];
    expect(edit && code.slice(0, edit.start) + edit.text + code.slice(edit.end)).toContain('import { UsersService } from');
  });
});

describe("stays silent on", () => {
  it.each([
    ["what a framework finds for a handler", 'import { CurrentUser } from "routing-controllers";\nimport type { CreateUserDto } from "./create-user.dto.js";\n@Controller() export class A { @Post() make(@CurrentUser() user: CreateUserDto) { return user; } }'],
    ["what an abstract class is given", 'import type { UsersService } from "./users.service.js";\n@Controller() export abstract class A { constructor(protected readonly users: UsersService) {} }'],
    ["what a package calls an interface", 'import type { IEventBus } from "@nestjs/cqrs";\n@Controller() export class A { constructor(private readonly bus: IEventBus) {} }'],
    ["a class that is imported as a value", 'import { UsersService } from "./users.service.js";\n@Controller() export class A { constructor(private readonly users: UsersService) {} }'],
    ["a body that a pipe of the project checks by its schema", 'import type { CreateUserDto } from "./create-user.dto.js";\nimport { SchemaPipe } from "./pipe.js";\n@Controller() export class A { @Post() make(@Body(new SchemaPipe(userSchema)) body: CreateUserDto) { return body; } @Put() @UsePipes(new SchemaPipe(userSchema)) put(@Body() body: CreateUserDto) { return body; } }'],
    ["a type of a package that a decorator hands over", 'import type { Request } from "express";\n@Controller() export class A { @Post() make(@Body() body: Request) { return body; } }'],
    ["an interface", 'import type { Clock } from "./users.service.js";\n@Controller() export class A { constructor(private readonly clock: Clock) {} }'],
    ["a decorator of the project's own that says what to inject", 'import type { UsersService } from "./users.service.js";\nimport { Named } from "./named.js";\n@Controller() export class A { constructor(@Named("users") private readonly users: UsersService) {} }'],
    ["a token that says what to inject", 'import type { UsersService } from "./users.service.js";\n@Controller() export class A { constructor(@Inject("users") private readonly users: UsersService) {} }'],
    ["what a decorator of the project gives", 'import type { CreateUserDto } from "./create-user.dto.js";\nimport { CurrentUser } from "./current-user.js";\n@Controller() export class A { @Post() make(@CurrentUser() user: CreateUserDto) { return user; } }'],
    ["a class that a factory makes", 'import type { UsersService } from "./users.service.js";\n@Injectable() export class A { constructor(private readonly users: UsersService) {} }\nexport const provider = { provide: A, inject: ["users"], useFactory: (users: UsersService) => new A(users) };'],
    ["a class that needs a text, which no container has", 'import type { UsersService } from "./users.service.js";\n@Injectable() export class A { constructor(private readonly address: string, private readonly users: UsersService) {} }'],
    ["a class without decorators", 'import type { UsersService } from "./users.service.js";\nexport class A { constructor(private readonly users: UsersService) {} }'],
  ])("%s", async (_name, code) => {
    expect(await check(nest + code)).toEqual([]);
  });

  it("projects that emit no metadata", async () => {
    expect(await check(`${nest}import type { UsersService } from "./users.service.js";\n@Controller() export class A { constructor(private readonly users: UsersService) {} }`, { "tsconfig.json": '{ "compilerOptions": { "experimentalDecorators": true } }' })).toEqual([]);
  });
});
