import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'
import { contract } from './src-preload/contract/table.ts'
import packageJson from './package.json' with { type: 'json' }

const at = (path: string): string => resolve(import.meta.dirname, path)
// electron-vite's own table ends before this Electron, so the targets are named here.
const nodeTarget = 'node24.18'
const chromeTarget = 'chrome150'
const version = { BALLAST_VERSION: JSON.stringify(packageJson.version) }

export default defineConfig({
  main: {
    define: version,
    build: {
      outDir: 'out/main',
      target: nodeTarget,
      externalizeDeps: true,
      sourcemap: true,
      lib: {
        entry: {
          index: at('src-main/index.ts'),
          'engine-child': at('src-main/engine-child.ts'),
          'venue-child': at('src-main/venue-child.ts'),
          'journal-thread': at('src-main/journal-thread.ts'),
          'books-thread': at('src-main/books-thread.ts'),
          'keychain-child': at('src-main/keychain-child.ts'),
          'host-child': at('src-main/host-child.ts'),
          ballast: at('src-main/ballast.ts'),
        },
        formats: ['es'],
      },
    },
  },
  preload: {
    // The names alone: the preload has no zod and no schemas, only the list of what may pass.
    define: { CONTRACT_NAMES: JSON.stringify(Object.keys(contract)) },
    build: {
      outDir: 'out/preload',
      target: nodeTarget,
      // A sandboxed preload cannot load modules of its own: one file, CommonJS.
      externalizeDeps: false,
      lib: { entry: { index: at('src-preload/index.ts') }, formats: ['cjs'] },
      rolldownOptions: { output: { entryFileNames: '[name].cjs', codeSplitting: false } },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: '/',
    define: version,
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      target: chromeTarget,
      minify: true,
      // For coverage; neither served nor shipped.
      sourcemap: 'hidden',
      // The page's policy lets fonts and pictures come from files only.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: at('src-renderer/index.html') } },
    },
  },
})
