import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as ts from 'typescript';

/** Where an installed aws-cdk-lib takes a key: `module Interface.prop`, `module Class.method(parameter)`, sorted. */
export function keyPositions(library: 'aws-cdk-lib' | 'aws-cdk-lib-newest'): string[] {
  const root = dirname(require.resolve(`${library}/package.json`));
  const modules = readdirSync(root).filter((name) => name.startsWith('aws-') && name !== 'aws-kms');
  return [...new Set(modules.flatMap((module) => declarations(join(root, module, 'lib'))
    .flatMap((file) => positionsOf(readFileSync(file, 'utf8')).map((position) => `${module} ${position}`))))].sort();
}

const known = new Map<string, Set<string>>();

export function presentIn(library: 'aws-cdk-lib' | 'aws-cdk-lib-newest'): (position: string) => boolean {
  const positions = known.get(library) ?? new Set(keyPositions(library));
  known.set(library, positions);
  return (position) => positions.has(position);
}

function declarations(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => entry.isDirectory()
    ? declarations(join(folder, entry.name))
    : /\.d\.ts$/.test(entry.name) && !entry.name.includes('.generated.') ? [join(folder, entry.name)] : []);
}

function positionsOf(text: string): string[] {
  if (!/\bIKey(Ref)?\b/.test(text)) {
    return [];
  }
  const positions: string[] = [];
  ts.createSourceFile('x.d.ts', text, ts.ScriptTarget.Latest, true).forEachChild((node) => {
    const name = (node as ts.InterfaceDeclaration | ts.ClassDeclaration).name?.text;
    for (const member of ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) ? node.members : []) {
      // An interface that starts with I is what an L2 is, not what it takes.
      if (ts.isPropertySignature(member) && takesKey(member.type) && !/^I[A-Z]/.test(name!)) {
        positions.push(`${name}.${member.name.getText()}`);
      }
      const { parameters = [] } = member as ts.MethodDeclaration;
      const method = member.name?.getText() ?? 'constructor';
      positions.push(...parameters.filter(({ type }) => takesKey(type)).map((parameter) => `${name}.${method}(${parameter.name.getText()})`));
    }
  });
  return positions;
}

function takesKey(type?: ts.TypeNode): boolean {
  return type !== undefined && /\bIKey(Ref)?\b/.test(type.getText());
}
