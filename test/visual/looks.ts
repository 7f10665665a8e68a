/**
 * What is wrong with how the page looks just now, in words. Runs inside the page, so it may use nothing from outside of
 * itself.
 */
export function findFlaws(): readonly string[] {
  const flaws: string[] = []
  const nameOf = (element: Element): string =>
    `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} "${(element.textContent ?? '').slice(0, 32)}"`
  const isHiddenForEyes = (element: Element): boolean => element.closest('.for-readers-only, [hidden]') !== null
  const isDrawn = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) && !isHiddenForEyes(element)

  // 1. Nothing beyond the edge. dockview keeps helpers of its own outside; they draw nothing.
  if (document.documentElement.scrollWidth > innerWidth) flaws.push(`the page is ${document.documentElement.scrollWidth} wide`)
  for (const element of document.body.querySelectorAll('*:not([class*="dv-"])')) {
    const { left, right, width } = element.getBoundingClientRect()
    const isBeyond = left < -0.5 || right > innerWidth + 0.5
    if (width > 0 && isBeyond && isDrawn(element)) flaws.push(`beyond the edge: ${nameOf(element)}`)
  }

  // 2. No figure is cut, nor what an instrument is: the text lies within everything that clips it.
  const textBox = (element: Element): DOMRect => {
    const range = document.createRange()
    range.selectNodeContents(element)
    return range.getBoundingClientRect()
  }
  for (const figure of document.querySelectorAll('.num, [data-figure], .watch-symbol')) {
    if (!isDrawn(figure)) continue
    const text = textBox(figure)
    for (let clip: Element | null = figure; clip !== null; clip = clip.parentElement) {
      const { overflowX } = getComputedStyle(clip)
      if (overflowX === 'visible') continue
      // What can be scrolled to is not cut: a table that is wider than its panel.
      if ((overflowX === 'auto' || overflowX === 'scroll') && clip.scrollWidth > clip.clientWidth) break
      const box = clip.getBoundingClientRect()
      // What had no room and went whole is not cut either.
      if (text.top >= box.bottom || text.bottom <= box.top) break
      if (text.width > 0 && (text.left < box.left - 0.5 || text.right > box.right + 0.5)) flaws.push(`cut: ${nameOf(figure)}`)
    }
  }

  // 3. Text is legible on what is really behind it. Faded and covered text is so on purpose, disabled controls may be dim.
  type Colour = readonly [number, number, number, number]
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (pen === null) return ['no canvas']
  const known = new Map<string, Colour>()
  const parse = (css: string): Colour => {
    const before = known.get(css)
    if (before !== undefined) return before
    pen.clearRect(0, 0, 1, 1)
    pen.fillStyle = css
    pen.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data
    const colour: Colour = [red, green, blue, alpha / 255]
    known.set(css, colour)
    return colour
  }
  const over = ([red, green, blue, alpha]: Colour, ground: Colour): Colour => [
    red * alpha + ground[0] * (1 - alpha), green * alpha + ground[1] * (1 - alpha), blue * alpha + ground[2] * (1 - alpha), 1,
  ]
  const light = (value: number): number => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
  const luminance = ([red, green, blue]: Colour): number => 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue)
  const contrast = (one: Colour, other: Colour): number => {
    const [bright = 0, dim = 0] = [luminance(one), luminance(other)].toSorted((left, right) => right - left)
    return (bright + 0.05) / (dim + 0.05)
  }
  /** All colours that can lie behind the element: more than one where it stands on stripes. */
  const groundsOf = (element: Element): readonly Colour[] => {
    const style = getComputedStyle(element)
    const own = parse(style.backgroundColor)
    const parent = own[3] === 1 ? null : element.parentElement
    const below = (parent === null ? [[0, 0, 0, 1] as const] : groundsOf(parent)).map((ground) => over(own, ground))
    const stripes = [...style.backgroundImage.matchAll(/(?:rgba?|color)\([^)]*\)/g)].map(([css]) => parse(css))
    return stripes.length === 0 ? below : below.flatMap((ground) => stripes.map((stripe) => over(stripe, ground)))
  }
  const opacityOf = (element: Element | null): number =>
    element === null ? 1 : Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement)
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    if (element === null || node.textContent?.trim() === '' || !isDrawn(element)) continue
    if (element.closest('.stale, [inert], :disabled, script, style') !== null) continue
    const ink = parse(getComputedStyle(element).color)
    const faded: Colour = [ink[0], ink[1], ink[2], ink[3] * opacityOf(element)]
    const worst = Math.min(...groundsOf(element).map((ground) => contrast(over(faded, ground), ground)))
    if (worst < 4.5) flaws.push(`contrast ${worst.toFixed(2)}: ${nameOf(element)}`)
  }

  // 4. Top bar above, status bar below, each in its own height, and all the room between them for work.
  const heightOf = (place: string): number => document.querySelector(place)?.getBoundingClientRect().height ?? 0
  const frame = 2 * 4
  const spoken = heightOf('.top-bar') + heightOf('.bands') + heightOf('.workspace') + heightOf('.status-bar') + frame
  if (heightOf('.top-bar') > 56 || heightOf('.status-bar') > 24) flaws.push('a bar is out of its place')
  if (innerHeight - spoken > 4 || heightOf('.workspace') < innerHeight / 2) flaws.push(`the workspace is ${heightOf('.workspace')} high`)

  // 5. The way out: whole, in sight, and nothing in front of it.
  const halt = document.querySelector('.halt')
  if (halt === null) return [...flaws, 'there is no halt']
  const { left, top, right, bottom } = halt.getBoundingClientRect()
  if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight || bottom - top < 44) flaws.push('the halt is not whole')
  const rows = [top + 4, (top + bottom) / 2, bottom - 4]
  const points = [left + 4, (left + right) / 2, right - 4].flatMap((x) => rows.map((y) => [x, y] as const))
  for (const [x, y] of points) {
    if (document.elementFromPoint(x, y)?.closest('.halt') !== halt) flaws.push(`the halt is covered at ${x}, ${y}`)
  }
  return flaws
}
