// Read aloud: a button at what can be read to somebody, only where the phone has a voice in the page's language. A silent button is worse than none.

const label = document.querySelector<HTMLElement>('[data-read-label]')?.dataset.readLabel
const lang = document.documentElement.lang

function offer() {
  const voice = speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith(lang))
  if (!voice || !label || document.querySelector('.read')) return
  for (const part of document.querySelectorAll<HTMLElement>('.step,[data-read]')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button quiet read'
    button.textContent = label
    button.onclick = () => {
      speechSynthesis.cancel()
      const words = [...part.querySelectorAll('legend,label,p,blockquote,h2')]
        .filter((one) => one.getClientRects().length > 0)
        .map((one) => one.textContent)
      const speech = new SpeechSynthesisUtterance((words.length > 0 ? words : [part.textContent]).join('. '))
      speech.lang = voice.lang
      speech.voice = voice
      speechSynthesis.speak(speech)
    }
    part.prepend(button)
  }
}

if ('speechSynthesis' in window) {
  offer()
  // Voices come late on many phones.
  speechSynthesis.onvoiceschanged = offer
}
