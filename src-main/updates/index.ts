/** What a new version has to prove before it is even mentioned. */
export { canonicalManifest, judgeUpdate, manifestBytesMax, parseManifest, signedBytes } from './update-manifest.ts'
export type { UpdateArtifact, UpdateCheck, UpdateManifest, UpdateRefusal, UpdateVerdict } from './update-manifest.ts'
