// Reads the letters of a scanned code from behind the # into the field, and takes them out of the address. They were never sent.

function take() {
  const field = document.querySelector<HTMLTextAreaElement>('#letters')
  const letters = location.hash.slice(1)
  // Another # leads to a field or a heading of the page.
  if (!field || !/^[2-9A-HJKMNP-Z]{28}$/.test(letters)) return
  history.replaceState(null, '', location.pathname + location.search)
  field.value = (letters.match(/.{4}/g) ?? []).join(' ')
  field.form?.querySelector('button')?.focus()
}

take()
addEventListener('hashchange', take)
