import { createHmac } from 'node:crypto'
import { printToken, type Access, type Signer } from '../../src-preload/contract/index.ts'

export const nodeSigner = {
  sign: (key: string, text: string): string => createHmac('sha256', Buffer.from(key, 'base64url')).update(text).digest('base64url'),
} satisfies Signer

/** Each level of access has a secret of its own, so a token for looking cannot be bent into one for trading. */
export const secretFor = (master: string, access: Access): string => nodeSigner.sign(master, `ballast token 1 ${access}`)

export const tokenFor = (master: string, access: Access): string => printToken({ access, secret: secretFor(master, access) })
