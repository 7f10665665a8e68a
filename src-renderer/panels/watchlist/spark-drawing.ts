/** A line of the last day, as wide as its canvas; the newest price is its end. */
export function drawSpark(canvas: HTMLCanvasElement, closes: readonly number[], last: number | null, colour: string): void {
  const context = canvas.getContext('2d')
  const { clientWidth: width, clientHeight: height } = canvas
  if (context === null || width === 0 || height === 0) return
  const ratio = devicePixelRatio
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  const values = last === null ? closes : [...closes, last]
  if (values.length < 2) return
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  const low = Math.min(...values)
  const span = Math.max(1, Math.max(...values) - low)
  context.beginPath()
  values.forEach((value, nth) => {
    const x = 0.5 + (nth / (values.length - 1)) * (width - 1)
    const y = height - 1.5 - ((value - low) / span) * (height - 3)
    if (nth === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  context.strokeStyle = colour
  context.lineWidth = 1
  context.lineJoin = 'round'
  context.stroke()
}
