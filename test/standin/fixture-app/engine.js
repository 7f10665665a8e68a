// The utility process of the fixture. Left to itself it never ends.
setInterval(() => undefined, 1_000)
process.parentPort.postMessage({ type: process.type, argument: process.argv.at(-1) })

process.parentPort.on('message', ({ data, ports }) => {
  if (data === 'stop') process.exit(0)
  const [port] = ports
  port.on('message', ({ data: question }) => {
    for (let copy = 1; copy < (question.copies ?? 1); copy++) port.postMessage({ copy })
    port.postMessage({ ...question, by: 'engine', pid: process.pid })
  })
  port.on('close', () => process.parentPort.postMessage('client-gone'))
  port.start()
})
