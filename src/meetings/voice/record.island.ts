// Recording: one press to speak, one to stop, and the sound lies in the form's own file field. Without it, the phone's recorder does the same.

const field = document.querySelector<HTMLInputElement>('input[data-record]')

if (field && navigator.mediaDevices && 'MediaRecorder' in window && 'DataTransfer' in window) {
  const say = (name: string) => field.dataset[name] ?? ''
  const most = Number(say('most')) * 1000
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button wide'
  button.textContent = say('start')
  const state = document.createElement('p')
  state.setAttribute('role', 'status')
  const sound = document.createElement('audio')
  sound.controls = true
  sound.hidden = true
  field.before(button, state, sound)
  // One thing at a time: first speak, then keep it. The phone's own recorder comes back where the microphone is refused.
  field.hidden = true
  const keep = field.form?.querySelector('[type="submit"],button:not([type])')
  keep?.classList.add('quiet')
  let recorder: MediaRecorder | null = null

  const stop = () => {
    if (recorder?.state === 'recording') recorder.stop()
  }

  button.onclick = async () => {
    if (recorder?.state === 'recording') return stop()
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const parts: Blob[] = []
      const mine = new MediaRecorder(stream, { audioBitsPerSecond: 32_000 })
      recorder = mine
      mine.ondataavailable = ({ data }) => parts.push(data)
      mine.onstop = () => {
        for (const track of stream.getTracks()) track.stop()
        const type = mine.mimeType.split(';')[0] || 'audio/webm'
        const files = new DataTransfer()
        files.items.add(new File(parts, 'sound', { type }))
        field.files = files.files
        sound.src = URL.createObjectURL(new Blob(parts, { type }))
        sound.hidden = false
        button.textContent = say('again')
        button.classList.add('quiet')
        keep?.classList.remove('quiet')
        state.textContent = say('done')
      }
      mine.start()
      button.textContent = say('stop')
      state.textContent = say('listening')
      setTimeout(() => recorder === mine && stop(), most)
    } catch {
      // No microphone, or no to it: the phone's own recorder is still there.
      state.textContent = say('no')
      button.hidden = true
      field.hidden = false
      keep?.classList.remove('quiet')
    }
  }
}
