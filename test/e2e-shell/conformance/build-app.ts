import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'
import packageJson from '../../../package.json' with { type: 'json' }
import { conformanceTable } from '../../contract/conformance/conformance-table.ts'

const root = join(import.meta.dirname, '../../..')

/** The real window program, preload and browser host, with the suite's engine and page in the places of the product's. */
export async function buildConformanceApp(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  const node = (entry: Record<string, string>): InlineConfig => ({
    configFile: false,
    logLevel: 'error',
    define: { BALLAST_VERSION: '"0.0.0"' },
    ssr: { noExternal: true, external: ['electron', ...Object.keys(packageJson.dependencies)] },
    build: { ssr: true, outDir: join(folder, 'out/main'), emptyOutDir: false, rolldownOptions: { input: entry, output: { format: 'es' } } },
  })
  await build(
    node({
      index: join(root, 'src-main/index.ts'),
      'host-child': join(root, 'src-main/host-child.ts'),
      'engine-child': join(import.meta.dirname, 'engine-child.ts'),
    }),
  )
  await build({
    configFile: false,
    logLevel: 'error',
    define: { CONTRACT_NAMES: JSON.stringify(Object.keys(conformanceTable)) },
    build: {
      outDir: join(folder, 'out/preload'),
      lib: { entry: { index: join(root, 'src-preload/index.ts') }, formats: ['cjs'] },
      rolldownOptions: { external: ['electron'], output: { entryFileNames: '[name].cjs', codeSplitting: false } },
    },
  })
  await build({ configFile: false, logLevel: 'error', root: import.meta.dirname, build: { outDir: join(folder, 'out/renderer'), emptyOutDir: true } })
  cpSync(join(root, 'resources/icons'), join(folder, 'resources/icons'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'conformance', version: '0.0.0', type: 'module', main: 'out/main/index.js' }))
}
