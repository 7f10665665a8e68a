/** The built page and the rules it lives under: the same in the desktop window and in a browser. */
export { builtAssets } from './built-assets.ts'
export type { Asset, AssetSource } from './built-assets.ts'
export { contentSecurityPolicy, securityHeaders } from './security-headers.ts'
