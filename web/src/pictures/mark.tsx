/** The mark: an arch bridge. It never mirrors. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 40 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-linecap="round">
      <path stroke-width="4" d="M3 27C5 14 12 7 20 7s15 7 17 20M1 27h38" />
      <path stroke-width="2.5" d="M20 9v17M12.500 13v13M27.500 13v13" />
    </svg>
  )
}
