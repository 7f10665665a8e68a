'use strict'
const { contextBridge, ipcRenderer } = require('electron')

const engine = new Promise((resolve) => ipcRenderer.once('engine-port', (event) => resolve(event.ports[0])))
ipcRenderer.send('engine-port')

/** Asks over a port and waits for the answer with the same number. */
function ask(port, question) {
  return new Promise((resolve, reject) => {
    const number = Math.random()
    const listener = ({ data }) => {
      if (data.number !== number) return
      port.removeEventListener('message', listener)
      resolve(data)
    }
    port.addEventListener('message', listener)
    port.addEventListener('close', () => reject(new Error('the port is closed')))
    port.start()
    port.postMessage({ ...question, number })
  })
}

contextBridge.exposeInMainWorld('fixture', {
  host: 'electron',
  process: { type: process.type, sandboxed: process.sandboxed, argv: process.argv },
  limits: { list: [1, 2, { deep: true }] },
  sum: (a, b) => a + b,
  explode: () => {
    throw new Error('out of the preload')
  },
  later: async (value) => value,
  refuse: async () => {
    throw new Error('refused by the preload')
  },
  callMeBack: (callback) => callback('called').toUpperCase(),
  counter: (callback) => {
    let count = 0
    const timer = setInterval(() => callback(++count), 5)
    return () => clearInterval(timer)
  },
  requireOutcome: (id) => {
    try {
      require(id)
      return 'found'
    } catch (error) {
      return error.message
    }
  },
  echo: (value) => ipcRenderer.invoke('echo', value),
  failInMain: () => ipcRenderer.invoke('fail'),
  openWindow: () => ipcRenderer.invoke('open-window'),
  askEngine: async (question) => ask(await engine, question),
  engineClosed: async () => {
    const port = await engine
    return new Promise((resolve) => port.addEventListener('close', () => resolve('closed')))
  },
  askMain: (question) => {
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage('port-from-page', null, [port2])
    return ask(port1, question)
  },
})
