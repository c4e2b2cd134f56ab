import { Gathered } from "../../base/gathered.js";
import { isTestPath } from "../../base/test-paths.js";
import type { ClassNode, FunctionNode, TypeNode } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { Value } from "../values/value.js";

/** A class of the project. */
export interface ClassReference {
  readonly file: string;
  readonly node: ClassNode;
}

/** A function of the project. */
export interface FunctionReference {
  readonly file: string;
  readonly node: FunctionNode;
}

/** More classes than this behind one interface say nothing about which is meant. */
const mostImplementations = 12;

/** The classes that implement an interface or extend a class, directly or through others. */
export class Implementations {
  readonly #byType: Gathered<TypeNode | ClassNode, ClassReference>;

  constructor(model: ProjectModel) {
    this.#byType = new Gathered(model.files, (file) => basesIn(model, file));
  }

  /** The classes behind what a value was declared with; empty if there are none, or too many to say. */
  of(value: Value): readonly ClassReference[] {
    const key = value.kind === "typed" ? value.type : value.kind === "instance" ? value.class : undefined;
    if (!key) return [];
    const found = new Map<ClassNode, ClassReference>();
    this.#collect(key, found);
    const all = [...found.values()];
    // What a test puts in the place of a real one says nothing of that.
    const real = all.filter(({ file }) => !isTestPath(file));
    const meant = real.length > 0 ? real : all;
    return meant.length > mostImplementations ? [] : meant;
  }

  /** The methods called `name` of the classes behind a value, where they have a body. */
  methods(value: Value, name: string): readonly FunctionReference[] {
    return this.of(value).flatMap(({ file, node }) =>
      node.members.flatMap((member): FunctionReference[] => {
        if (member.kind === "method" && member.name === name && member.function.body) return [{ file, node: member.function }];
        return member.kind === "property" && member.name === name && member.value?.kind === "function" ? [{ file, node: member.value.function }] : [];
      }),
    );
  }

  #collect(key: TypeNode | ClassNode, found: Map<ClassNode, ClassReference>): void {
    for (const implementation of this.#byType.of(key)) {
      if (found.has(implementation.node)) continue;
      found.set(implementation.node, implementation);
      this.#collect(implementation.node, found);
    }
  }
}

/** The classes of a file, each under what it implements and extends. */
function* basesIn({ values }: ProjectModel, file: string): Iterable<readonly [TypeNode | ClassNode, ClassReference]> {
  for (const node of values.index(file).classes) {
    const bases = [...(node.implements ?? []).flatMap((type) => values.ofType(file, type)), ...(node.extends ? values.of(file, node.extends.value) : [])];
    for (const base of bases) {
      const key = base.kind === "typed" ? base.type : base.kind === "instance" ? base.class : base.kind === "class" ? base.node : undefined;
      if (key) yield [key, { file, node }];
    }
  }
}
