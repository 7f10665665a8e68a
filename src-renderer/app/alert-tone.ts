let context: AudioContext | undefined

/**
 * Two short tones, three for what is critical. A browser that has not been touched yet plays nothing, which is its rule and
 * no trouble of ours.
 */
export function playAlertTone(isGrave: boolean): void {
  context ??= new AudioContext()
  const began = context.currentTime
  const pitches = isGrave ? [880, 660, 880] : [660, 880]
  pitches.forEach((pitch, index) => playTone(context as AudioContext, pitch, began + index * 0.18))
}

function playTone(audio: AudioContext, pitch: number, at: number): void {
  const oscillator = audio.createOscillator()
  const volume = audio.createGain()
  oscillator.frequency.value = pitch
  // Without a rise and a fall it would click.
  volume.gain.setValueAtTime(0, at)
  volume.gain.linearRampToValueAtTime(0.15, at + 0.01)
  volume.gain.linearRampToValueAtTime(0, at + 0.15)
  oscillator.connect(volume).connect(audio.destination)
  oscillator.start(at)
  oscillator.stop(at + 0.16)
}
