import { expect } from 'playwright/test'
import { test } from './fixture-launch.ts'

test('a virtual hardware key signs for localhost on the page from the protocol handler', async ({ own: { app, page } }) => {
  const devtools = await app.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable', { enableUI: false })
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const clientData = await page.evaluate(async () => {
    const credential = await navigator.credentials.create({
      publicKey: {
        challenge: new Uint8Array([1, 2, 3]),
        rp: { name: 'fixture', id: 'localhost' },
        user: { id: new Uint8Array(8), name: 'trader', displayName: 'Trader' },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
        authenticatorSelection: { userVerification: 'required' },
        timeout: 2_000,
      },
    })
    // `create` with a publicKey gives this kind of credential, which the type leaves open.
    return new TextDecoder().decode((credential as PublicKeyCredential).response.clientDataJSON)
  })
  expect(JSON.parse(clientData)).toMatchObject({ type: 'webauthn.create', origin: 'https://localhost', challenge: 'AQID' })
})
