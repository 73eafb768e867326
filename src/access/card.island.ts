// A card that was scanned: its code comes behind the # of the address, is put into the field, and leaves the address. The button is still pressed by a person.
const field = document.querySelector<HTMLInputElement>('#card')
const code = decodeURIComponent(location.hash.slice(1))

if (field && /^[\w-]{16,24}$/.test(code)) {
  field.value = code
  history.replaceState(null, '', location.pathname + location.search)
  field.form?.querySelector<HTMLButtonElement>('button')?.focus()
}
