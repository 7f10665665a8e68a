import { clockText, dateTextWithYear } from '../../../src-preload/contract/text/index.ts'
import { useEngine } from '../../stores/engine-status.ts'
import { showNotice } from '../../stores/surface.ts'
import type { Text } from '../../ui/use-text.ts'
import type { ChartSession } from './chart-session.ts'

const headPx = 24

/** Hands the browser a picture that says what it is of: instrument, timeframe, when it was made, and whether it is a replay. */
export function saveChartPicture(session: ChartSession, text: Text): void {
  const { looks: { instrument, frame, locale }, colours } = session.chart
  const plot = session.chart.picture()
  const ratio = devicePixelRatio
  const canvas = document.createElement('canvas')
  canvas.width = plot.width
  canvas.height = plot.height + headPx * ratio
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws no canvas')
  const now = Date.now()
  const words = [
    `${instrument.id} ${frame}`, `${dateTextWithYear(locale, now)} ${clockText(now)} UTC`, useEngine.getState().status?.profileKind ?? '',
    session.replay.isOn ? text('screen.chart.replay.sign') : '',
  ]
  context.fillStyle = colours.ground
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = colours.ink
  context.font = `${12 * ratio}px ${colours.font}`
  context.textBaseline = 'middle'
  context.fillText(words.filter((word) => word !== '').join('   '), 12 * ratio, (headPx / 2) * ratio)
  context.drawImage(plot, 0, headPx * ratio)
  const name = `${instrument.id}-${frame}-${new Date(now).toISOString().slice(0, 19)}.png`.replaceAll(/[^\w.-]/g, '-')
  canvas.toBlob((blob) => {
    if (blob === null) return
    download(blob, name)
    showNotice(text('screen.chart.picture.saved', { file: name }))
  })
}

function download(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has begun to read by the next turn; until then the address must live.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
