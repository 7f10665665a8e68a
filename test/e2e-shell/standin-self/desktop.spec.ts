import { expect } from 'playwright/test'
import { test } from './fixture-launch.ts'

test('a power event that the test emits reaches the app', async ({ shared: { app, seen } }) => {
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'))
  expect(await seen('suspend')).toHaveLength(1)
})

test('the tray shows its menu, and what is enabled in it can be clicked', async ({ shared: { app, seen } }) => {
  const trays = await app.evaluate(() => globalThis.ballastStandin?.trays())
  expect(trays).toMatchObject([{ toolTip: 'fixture', menu: [{ id: 'halt', enabled: true }, { id: 'never', enabled: false }] }])
  await app.evaluate(() => globalThis.ballastStandin?.chooseFromTray('halt'))
  expect(await seen('halt')).toEqual([['halt', 'tray']])
  await expect(app.evaluate(() => globalThis.ballastStandin?.chooseFromTray('Never'))).rejects.toThrow('is disabled')
})

test('a global shortcut fires however its keys are spelled, if it is registered', async ({ shared: { app, seen } }) => {
  expect(await app.evaluate(() => globalThis.ballastStandin?.registeredShortcuts())).toHaveLength(1)
  const spelled = process.platform === 'darwin' ? 'shift+cmd+h' : 'shift+ctrl+h'
  expect(await app.evaluate((_, keys) => globalThis.ballastStandin?.pressGlobalShortcut(keys), spelled)).toBe(true)
  expect(await app.evaluate(() => globalThis.ballastStandin?.pressGlobalShortcut('F1'))).toBe(false)
  expect(await seen('halt')).toEqual([['halt', 'shortcut']])
  const registering = await app.evaluate(({ globalShortcut }) => {
    globalThis.ballastStandin?.takeShortcut('Alt+T')
    return [globalShortcut.register('Alt+T', () => undefined), globalShortcut.register('Alt+U', () => undefined)]
  })
  expect(registering).toEqual([false, true])
})

test('dialogs give the answers that were written for them, and are dismissed without', async ({ shared: { app } }) => {
  const answers = await app.evaluate(async ({ dialog }) => {
    globalThis.ballastStandin?.answerNextDialog('message', { response: 1, checkboxChecked: false })
    globalThis.ballastStandin?.answerNextDialog('save', { canceled: false, filePath: '/tmp/report.csv' })
    const question = { message: 'Sure?', buttons: ['No', 'Yes'], cancelId: 0 }
    return [
      (await dialog.showMessageBox(question)).response,
      (await dialog.showMessageBox(question)).response,
      await dialog.showSaveDialog({ title: 'Save' }),
      await dialog.showOpenDialog({ title: 'Open' }),
    ]
  })
  expect(answers).toEqual([1, 0, { canceled: false, filePath: '/tmp/report.csv' }, { canceled: true, filePaths: [] }])
  const shown = await app.evaluate(() => globalThis.ballastStandin?.shownDialogs.map(({ kind }) => kind))
  expect(shown).toEqual(['message', 'message', 'save', 'open'])
})

test('links, notifications and blockers are remembered, not carried out', async ({ shared: { app } }) => {
  const record = await app.evaluate(async ({ shell, Notification, powerSaveBlocker }) => {
    await shell.openExternal('https://ballast.example/help')
    const notification = new Notification({ title: 'Filled', body: '1 BTC' })
    let clicks = 0
    notification.on('click', () => clicks++)
    notification.show()
    globalThis.ballastStandin?.clickNotification(0)
    powerSaveBlocker.start('prevent-app-suspension')
    const control = globalThis.ballastStandin
    return [control?.openedUrls, control?.notifications(), clicks, control?.activePowerSaveBlockers()]
  })
  expect(record).toEqual([['https://ballast.example/help'], [{ title: 'Filled', body: '1 BTC' }], 1, ['prevent-app-suspension']])
})

test("the app's permission handlers are asked in Electron's order", async ({ own: { app } }) => {
  const ask = (permission: 'media' | 'clipboard-sanitized-write') =>
    app.evaluate((_, name) => globalThis.ballastStandin?.askPermission(name), permission)
  expect(await ask('media')).toBe(false)
  // The check allows it, and then the request is refused.
  expect(await ask('clipboard-sanitized-write')).toBe(false)
  await app.evaluate(({ session }) => {
    session.fromPartition('persist:fixture').setPermissionRequestHandler((_contents, _permission, answer) => answer(true))
  })
  expect(await ask('media')).toBe(false)
  expect(await ask('clipboard-sanitized-write')).toBe(true)
})
