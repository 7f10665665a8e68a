import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { layers, strangers, type Layer } from './layers.ts'

/** Walks every import of the sources and names those that build/layers.ts does not allow. */
export interface Violation {
  readonly file: string
  readonly imported: string
  readonly rule: string
}

export function findViolations(root: string): readonly Violation[] {
  return ['src-main', 'src-preload', 'src-renderer']
    .flatMap((folder) => sourceFiles(join(root, folder)))
    .flatMap((path) => violationsOf(root, relative(root, path).split(sep).join('/')))
}

/** Sources that no layer owns would be checked by nothing. */
export const layerOf = (file: string): Layer | undefined =>
  layers.find(({ files }) => files.some((owned) => file === owned || file.startsWith(`${owned}/`)))

function sourceFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /\.tsx?$/.test(path) && statSync(path).isFile())
}

export function importsOf(source: string): readonly string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  // A sentence in quotes may say "from" as well: between the statement's first word and its path there are no quotes.
  const pattern = /(?:^[ \t]*(?:import|export)\b[^'"]*?\bfrom\s*|\bimport\s*\(\s*|^[ \t]*import\s+|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/gm
  return [...code.matchAll(pattern)].map((match) => match[2] ?? '')
}

function violationsOf(root: string, file: string): readonly Violation[] {
  const layer = layerOf(file)
  if (layer === undefined) return [{ file, imported: '', rule: 'belongs to no layer of build/layers.ts' }]
  return importsOf(readFileSync(join(root, file), 'utf8')).flatMap((imported) => {
    const rule = imported.startsWith('.') ? ruleOfFile(layer, file, imported) : ruleOfPackage(layer, imported)
    return rule === undefined ? [] : [{ file, imported, rule }]
  })
}

function ruleOfFile(layer: Layer, file: string, imported: string): string | undefined {
  const target = relative('/', join('/', dirname(file), imported)).split(sep).join('/')
  const owner = layerOf(target)
  if (owner === undefined) return 'is outside every layer'
  if (owner === layer) return ruleOfStrangers(file, target)
  if (!layer.mayImport.includes(owner.name)) return `${layer.name} may not import ${owner.name}`
  const isFace = target.endsWith('/index.ts')
  return isFace || layer.directly?.includes(target) ? undefined : `${owner.name} is imported by its face, index.ts`
}

function ruleOfStrangers(file: string, target: string): string | undefined {
  for (const folder of strangers) {
    const inside = (path: string): string | undefined =>
      path.startsWith(`${folder}/`) ? path.slice(folder.length + 1).split('/')[0]?.replace(/\.tsx?$/, '') : undefined
    const own = inside(file)
    const other = inside(target)
    if (own !== undefined && own !== 'index' && other !== undefined && own !== other) return `${own} may not know ${other}`
  }
  return undefined
}

function ruleOfPackage(layer: Layer, imported: string): string | undefined {
  const isNode = imported.startsWith('node:') || builtinModules.includes(imported)
  if (isNode) return layer.surroundings === 'node' ? undefined : `${layer.name} may not import from Node`
  const name = imported.split('/').slice(0, imported.startsWith('@') ? 2 : 1).join('/')
  if (name === 'electron') return layer.mayImportElectron === true ? undefined : `${layer.name} may not import electron`
  return layer.packages.includes('*') || layer.packages.includes(name) ? undefined : `${layer.name} may not import the package ${name}`
}
