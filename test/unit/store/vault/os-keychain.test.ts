import { expect, test } from 'vitest'
import { troubleOf } from '../../../../src-main/store/vault/serve-keychain.ts'

/** As the library worded them, on Linux in a real session and for the others in its source. */
test.each([
  ['Couldn\'t access platform storage: Secret Service: unlock prompt was dismissed', 'keychain-locked'],
  ['Couldn\'t access platform storage: User interaction is not allowed.', 'keychain-locked'],
  ['Couldn\'t access platform storage: Secret Service: no result found', 'keychain-absent'],
  ['Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time, set your DBUS_SESSION_BUS_ADDRESS instead', 'keychain-absent'],
  ['Platform failure: DBus error: Did not receive a reply. Possible causes include: the remote application did not send a reply', 'keychain-silent'],
  ['Couldn\'t access platform storage: AccessDenied', 'keychain-denied'],
  ['something nobody has seen yet', 'keychain-denied'],
])('%s', (text, kind) => {
  expect(troubleOf(new Error(text), 12).kind).toBe(kind)
})

test('a trouble quotes nothing that could be a key', () => {
  const key = Buffer.alloc(32, 0xa7)
  const told = JSON.stringify(troubleOf(new Error(`refused to keep ${key.toString('base64')} and ${key.toString('hex')} for user`), 0))
  expect(told).toContain('refused to keep')
  expect(told).not.toContain(key.toString('base64').slice(0, 16))
  expect(told).not.toContain(key.toString('hex').slice(0, 16))
})
