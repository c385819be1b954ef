// Pictograms from OpenMoji (CC BY-SA 4.0, see NOTICES.md) of the printed invitation, rounded: apart, so that no phone fetches them. The same
// pictures as in the app stand for the same things.

import type { ComponentChildren } from 'preact'

function Pictogram({ children }: { children: ComponentChildren }) {
  return <svg class="p" viewBox="4 4 64 64" aria-hidden="true">{children}</svg>
}

/** Home. */
export function House() {
  return (
    <Pictogram>
      <rect x="19" y="32" width="34" height="24" fill="#fff" />
      <rect x="25" y="40" width="9" height="16" fill="#A57939" />
      <rect x="40" y="40" width="8" height="7" fill="#92D3F5" />
      <polygon fill="#EA5A47" points="53,32 19,32 19,31 35,15 53,31" />
      <polygon fill="#EA5A47" points="29,21 24,26 24,17 29,17" />
      <rect x="25" y="40" width="9" height="16" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="40" y="40" width="8" height="7" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <polygon fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="53,32 19,32 19,31 35,15 53,31" />
      <rect x="19" y="32" width="34" height="24" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <polygon fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="29,21 24,26 24,17 29,17" />
    </Pictogram>
  )
}

/** School. */
export function School() {
  return (
    <Pictogram>
      <polygon fill="#d0cfce" points="9.4 56.5 62.6 56.5 62.6 23.6 45.3 23.6 45.3 20.7 26.7 20.7 26.7 23.6 9.4 23.6 9.4 56.5" />
      <rect x="30.6" y="40" width="10.8" height="12.7" fill="#a57939" />
      <circle cx="36" cy="30.2" r="6.3" fill="#fff" />
      <rect x="20.5" y="46.8" width="1.9" height="4" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="13.7" y="46.8" width="1.9" height="4" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="20.5" y="37.1" width="1.9" height="4.8" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="13.7" y="37.1" width="1.9" height="4.8" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="20.5" y="27.4" width="1.9" height="4.8" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="13.7" y="27.4" width="1.9" height="4.8" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="56.3" y="46.8" width="1.9" height="4" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="49.6" y="46.8" width="1.9" height="4" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="56.3" y="37.1" width="1.9" height="4.8" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="49.6" y="37.1" width="1.9" height="4.8" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="56.3" y="27.4" width="1.9" height="4.8" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <rect x="49.6" y="27.4" width="1.9" height="4.8" fill="none" stroke="#92d3f5" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <polygon fill="#d22f27" points="24.8 20.5 26.7 20.5 26.7 23.6 9.4 23.6 13.2 17.4 28.4 17.4 24.8 20.5" />
      <polygon fill="#d22f27" points="47.2 20.5 45.3 20.5 45.3 23.6 62.6 23.6 58.8 17.4 43.6 17.4 47.2 20.5" />
      <polygon fill="#ea5a47" points="47.2 20.5 24.8 20.5 26.7 18.9 36 11 47.2 20.5" />
      <rect x="7.2" y="50.9" width="19.5" height="5.7" fill="#b1cc33" />
      <rect x="45.3" y="50.9" width="19.5" height="5.7" fill="#b1cc33" />
      <rect x="26.7" y="20.5" width="18.6" height="36" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <polygon fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="24.8 20.5 26.7 20.5 26.7 23.6 9.4 23.6 13.2 17.4 28.4 17.4 24.8 20.5" />
      <polygon fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="47.2 20.5 45.3 20.5 45.3 23.6 62.6 23.6 58.8 17.4 43.6 17.4 47.2 20.5" />
      <polygon fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="47.2 20.5 24.8 20.5 26.7 18.9 36 11 47.2 20.5" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M9.71,50.85h14.49c1.39,0,2.51,1.13,2.51,2.51v3.14H7.20v-3.14c0-1.39,1.13-2.51,2.51-2.51Z" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M47.80,50.85h14.49c1.39,0,2.51,1.13,2.51,2.51v3.14h-19.52v-3.14c0-1.39,1.13-2.51,2.51-2.51Z" />
      <line x1="26.7" x2="45.3" y1="52.7" y2="52.7" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <polyline fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="9.4 50.9 9.4 23.6 26.7 23.6" />
      <line x1="62.6" x2="9.4" y1="56.5" y2="56.5" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <polyline fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="45.3 23.6 62.6 23.6 62.6 50.9" />
      <rect x="30.6" y="40" width="10.8" height="12.7" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <line x1="36" x2="36" y1="52.7" y2="40" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <circle cx="36" cy="30.2" r="6.3" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <line x1="36" x2="36" y1="30.7" y2="26.5" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <line x1="36" x2="38.1" y1="30.7" y2="29.7" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <line x1="20.5" x2="20.5" y1="50.9" y2="46.8" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <line x1="13.7" x2="13.7" y1="50.9" y2="46.8" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <polyline fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="22.4 42 20.5 42 20.5 37.1" />
      <polyline fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="15.7 42 13.7 42 13.7 37.1" />
      <polyline fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="22.4 32.3 20.5 32.3 20.5 27.4" />
      <polyline fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="15.7 32.3 13.7 32.3 13.7 27.4" />
      <line x1="56.3" x2="56.3" y1="50.9" y2="46.8" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <line x1="49.6" x2="49.6" y1="50.9" y2="46.8" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <polyline fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="58.3 42 56.3 42 56.3 37.1" />
      <polyline fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="51.5 42 49.6 42 49.6 37.1" />
      <polyline fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="58.3 32.3 56.3 32.3 56.3 27.4" />
      <polyline fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="51.5 32.3 49.6 32.3 49.6 27.4" />
    </Pictogram>
  )
}

/** A family. */
export function Family() {
  return (
    <Pictogram>
      <path fill="#92D3F5" d="M11.00,61V44.96c0-3.29,3.29-5.96,6.58-5.96c3.91,3.29,7.83,3.29,11.83,0h13.17 c3.91,3.29,7.83,3.29,11.83,0c3.29,0,6.58,2.67,6.58,5.96V61" />
      <path fill="#B1CC33" d="M26.5,61v-2.53C26.5,56,29.00,54,31.50,54c2.98,2.47,5.95,2.47,8.99,0 c2.50,0,5.00,2,5.00,4.47V61" />
      <path fill="#A57939" d="M37.13,39.00h5.46c3.91,3.29,7.83,3.29,11.83,0c1.27,0,2.54,0.40,3.62,1.08 l0.34-0.16l1.70-2.04c1.96-2.22,1.58-5.90,0.42-8.66c-1.60-3.73-2.04-3.73-2.31-8.53 c-0.09-2.76-2.22-5.07-4.98-5.33c0,0-1.69-2.04-5.33-2.04c-4.27,0-8.18,2.31-9.16,5.96 c-1.07,3.73,0.18,5.25-0.89,8.09c-0.93,2.40-2.93,3.74-2.91,6.62c0.01,0.94,0.80,3.05,1.46,4.05 L37.13,39.00z" />
      <path fill="#A57939" d="M13.93,21.39c0.53-7.73,6.40-7.82,9.34-7.38c0.27,0.09,1.07,0,1.33,0 c5.33-0.71,8.00,5.33,8.00,8.00c0,0.98,0.23,3.37-1.11,4.70c0,0-3.25-3.72-3.43-5.85 c0,0-10.14,3.82-10.85,0.53c0,0-0.71,2.67-1.33,3.38c0,0-0.33,2.04-0.33,2.67 C15.56,27.44,13.66,24.77,13.93,21.39z" />
      <path fill="#A57939" d="M33.64,42.27c0.47,3.36,4.49-0.87,4.49-0.87c0.55,1.57,4.43,3.87,4.43,3.87 c1.03-0.96,0.53-2.85,0.37-3.51c-0.51-2.71-3.08-4.53-5.81-4.11c-0.34,0.03-0.69,0.03-1.03,0 c-2.27-0.34-6.03-0.15-7.12,4.64c-0.53,2.34,0.62,2.98,0.62,2.98S33.35,40.21,33.64,42.27z" />
      <path fill="#FCEA2B" d="M41.12,26.81c0,5.33,3.38,9.34,7.38,9.34s7.38-4.00,7.38-9.34 c0-3.38-1.33-5.33-4.00-8.00c-2.67,2.67-10.67,6.05-10.67,7.38L41.12,26.81L41.12,26.81z" />
      <path fill="#FCEA2B" d="M28.05,20.86c0,0-10.14,3.82-10.85,0.53c0,0-0.71,2.67-1.33,3.38 c0,0-0.32,1.98-0.33,2.63c0.46,5.15,3.84,9.20,7.94,9.20c4.29,0,7.78-4.43,7.98-9.90 C31.36,26.58,28.22,22.96,28.05,20.86z" />
      <path fill="#FCEA2B" d="M38.12,41.40c0,0-4.02,4.23-4.49,0.87c-0.26-1.85-3.29,2.00-3.93,2.83 c-0.07,0.34-0.12,0.57-0.12,0.59c-0.14,3.73,2.76,6.88,6.49,7.03c3.73-0.16,6.63-3.30,6.49-7.03 c0-0.03-0.06-0.23-0.15-0.51C41.73,44.77,38.61,42.80,38.12,41.40z" />
      <path fill="none" stroke="#000" stroke-width="2" d="M31.5,25.57c0,0.18,0,0.37,0,0.64 c0,5.70-3.59,10.39-8,10.39s-8-4.69-8-10.39c0-0.18,0-0.37,0-0.64" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M13.93,21.39 c0.53-7.73,6.40-7.82,9.34-7.38c0.27,0.09,1.07,0,1.33,0c5.33-0.71,8.00,5.33,8.00,8.00 c0,0.98,0.23,3.37-1.11,4.70c0,0-3.25-3.72-3.43-5.85c0,0-10.14,3.82-10.85,0.53 c0,0-0.71,2.67-1.33,3.38c0,0-0.33,2.04-0.33,2.67C15.56,27.44,13.66,24.77,13.93,21.39z" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M35.84,33.63 c-0.03-2.23,1.17-4.18,1.99-6.29c1.07-2.85-0.18-4.36,0.89-8.09c0.98-3.65,4.89-5.96,9.16-5.96 c3.65,0,5.33,2.04,5.33,2.04c2.76,0.27,4.89,2.58,4.98,5.33c0.27,4.80,0.71,4.80,2.31,8.53 c1.06,2.53,0.77,5.37-0.80,7.53" />
      <path fill="none" stroke="#000" stroke-linejoin="round" stroke-width="2" d="M41.12,26.81 c0,5.33,3.38,9.34,7.38,9.34s7.38-4.00,7.38-9.34c0-3.38-1.33-5.33-4.00-8.00 c-2.67,2.67-10.67,6.05-10.67,7.38L41.12,26.81L41.12,26.81z" />
      <path d="M47.25,26.5c0,0.71-0.54,1.25-1.25,1.25s-1.25-0.54-1.25-1.25s0.54-1.25,1.25-1.25S47.25,25.79,47.25,26.5" />
      <path d="M52.25,26.5c0,0.71-0.54,1.25-1.25,1.25s-1.25-0.54-1.25-1.25s0.54-1.25,1.25-1.25S52.25,25.79,52.25,26.5" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M46.63,31.53 c1.16,0.62,2.58,0.62,3.73,0" />
      <path d="M22.25,26.5c0,0.71-0.54,1.25-1.25,1.25s-1.25-0.54-1.25-1.25s0.54-1.25,1.25-1.25S22.25,25.79,22.25,26.5" />
      <path d="M27.25,26.5c0,0.71-0.54,1.25-1.25,1.25s-1.25-0.54-1.25-1.25s0.54-1.25,1.25-1.25S27.25,25.79,27.25,26.5" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M21.63,31.53 c1.16,0.62,2.58,0.62,3.73,0" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="1.6" d="M26.50,60.2v-1.73 C26.50,56,29.00,54,31.50,54c2.98,2.47,5.95,2.47,8.99,0c2.50,0,5.00,2,5.00,4.47V60.2" />
      <path d="M38.80,45.70c0.03,0.50-0.34,0.92-0.84,0.96c-0.50,0.03-0.92-0.34-0.96-0.84 s0.34-0.92,0.84-0.96c0.02-0.00,0.04-0.00,0.06-0.00C38.38,44.85,38.78,45.22,38.80,45.70z" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="1.6" d="M34.66,49.19 c0.77,0.64,1.90,0.64,2.67,0" />
      <path d="M34.10,44.86c0.02,0,0.04,0.00,0.06,0.00c0.50,0.03,0.87,0.46,0.84,0.96 s-0.46,0.87-0.96,0.84c-0.50-0.03-0.87-0.46-0.84-0.96C33.22,45.22,33.62,44.85,34.10,44.86z" />
      <path fill="none" stroke="#000" stroke-width="1.6" d="M42.55,45.27 c0.01,0.14,0.01,0.28,0.01,0.43c0.14,3.73-2.76,6.88-6.49,7.03c-3.73-0.16-6.63-3.30-6.49-7.03 c0-0.10,0.00-0.19,0.01-0.28" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="1.6" d="M33.64,42.27 c0.47,3.36,4.49-0.87,4.49-0.87c0.55,1.57,4.43,3.87,4.43,3.87c1.03-0.96,0.53-2.85,0.37-3.51 c-0.51-2.71-3.08-4.53-5.81-4.11c-0.34,0.03-0.69,0.03-1.03,0c-2.27-0.34-6.03-0.15-7.12,4.64 c-0.53,2.34,0.62,2.98,0.62,2.98S33.35,40.21,33.64,42.27z" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M46.26,41.12c2.70,0.85,5.41,0.14,8.16-2.12c3.29,0,6.58,2.67,6.58,5.96V60" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M11.00,60V44.96c0-3.29,3.29-5.96,6.58-5.96c2.68,2.25,5.36,2.96,8.08,2.13" />
    </Pictogram>
  )
}

/** A teacher at a board. */
export function Teacher() {
  return (
    <Pictogram>
      <polyline fill="#5C9E31" points="13.9,52.1 10.8,52.1 10.8,16.9 19.8,16.9 36.3,16.9 52,16.9 60.8,16.9 60.8,52.1 56.7,52.1" />
      <path fill="#6A462F" d="M53.88,59.00c0,0,2.7-14.14-9.3-14.14c-3.19,2.12-5.93,3.58-9,3.58h0.12 c-3.07,0.01-5.81-1.46-9-3.58c-12,0-10,14.14-10,14.14" />
      <polygon fill="#3F3F3F" points="44.6,45.4 47.2,54.4 41.5,54.2 41.6,59 35.7,57.4 35.8,57.3 35.7,57.2" />
      <path fill="#D0CFCE" d="M44.48,45.21l0.1,0.15l-8.84,11.83l-8.85-11.83l0.16-0.24c3.08,2.05,5.75,3.46,8.72,3.49 c0.01,0,0.02,0,0.03,0h0.09C38.82,48.58,41.45,47.21,44.48,45.21z" />
      <polygon fill="#3F3F3F" points="35.7,57.2 35.6,57.3 35.7,57.4 29.9,59 29.9,54.2 24.3,54.4 26.9,45.4" />
      <path fill="#A57939" d="M26,36.58c-4,0-4-6-4-13s4-14,14-14s14,7,14,14s0,13-4,13" />
      <path fill="#FCEA2B" d="M24.94,28.58c0,9,4.94,14,11,14c5.94,0,11.06-5,11.06-14c0.02-1.72-0.32-3.42-1-5 c-3-3-7-8-7-8c-4,3-7,6-13,7.00C26,22.58,24.94,23.58,24.94,28.58z" />
      <path d="M22.97,17.91H11.83v32.29h2.06c0.55,0,1,0.44,1,1c0,0.55-0.45,1-1,1h-3.06c-0.55,0-1-0.45-1-1v-34.29 c0-0.55,0.45-1,1-1l13.06,0L22.97,17.91z" />
      <path d="M48.15,15.91h12.62c0.55,0,1,0.45,1,1v34.29c0,0.55-0.45,1-1,1h-2.59c-0.55,0-1-0.45-1-1c0-0.56,0.45-1,1-1h1.59 v-32.29H49.03L48.15,15.91z" />
      <path d="M47.15,27.30h-1.96v1.24c0,2.11-1.71,3.82-3.81,3.82h-2.01c-1.55,0-2.88-0.93-3.48-2.25c-0.6,1.32-1.94,2.25-3.48,2.25 H30.4c-2.11,0-3.82-1.71-3.82-3.82v-1.24h-0.69c-0.45,0-0.83-0.3-0.95-0.71c0.23-0.38,0.44-0.8,0.62-1.23 c0.1-0.04,0.21-0.06,0.33-0.06h1.69c0.05,0,0.1,0,0.15,0.01c0.49,0.08,0.85,0.49,0.85,0.99v2.24c0,1,0.82,1.82,1.82,1.82h2.01 c1,0,1.81-0.82,1.81-1.82v-1.1c0-0.55,0.45-1,1-1h1.33c0.56,0,1,0.45,1,1v1.1c0,1,0.82,1.82,1.82,1.82h2.01 c1,0,1.81-0.82,1.81-1.82v-2.24c0-0.55,0.45-1,1-1h2.41L47.15,27.30z" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M16.89,58.02c0,0-2-13,10-13c0.05,0.04,0.11,0.07,0.16,0.1c3.08,2.05,5.75,3.46,8.72,3.49c0.01,0,0.02,0,0.03,0h0.09 c2.93-0.03,5.56-1.4,8.59-3.4c0.1-0.06,0.19-0.12,0.29-0.19c3.99,0,6.43,1.44,7.92,3.36l0.78,1.26" />
      <polygon fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="35.7,57.2 35.8,57.3 35.7,57.4 29.9,59 29.9,54.2 24.3,54.4 26.9,45.4" />
      <polygon fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="35.7,57.2 35.6,57.3 35.7,57.4 41.6,59 41.5,54.2 47.2,54.4 44.6,45.4" />
      <path d="M53.04,58.75c-0.51,0-0.90-0.45-0.83-0.95l3.37-26.50L54.17,57.97 C54.14,58.41,53.49,58.75,53.04,58.75L53.04,58.75z" />
      <path d="M53.04,59.50c-0.46,0-0.90-0.20-1.20-0.54c-0.30-0.35-0.44-0.81-0.38-1.26l3.37-26.50 c0.05-0.40,0.40-0.69,0.81-0.65c0.40,0.04,0.70,0.38,0.68,0.79L54.92,58.01 C54.85,58.97,53.77,59.50,53.04,59.50z M53.75,51.60l-0.80,6.29l0.09,0.11 c0.12,0,0.30-0.09,0.38-0.16L53.75,51.60z" />
      <path d="M41.95,27.05c0,1.10-0.90,2-2,2s-2-0.90-2-2s0.90-2,2-2C41.06,25.05,41.95,25.94,41.95,27.05" />
      <path d="M33.95,27.05c0,1.10-0.90,2-2,2c-1.10,0-2-0.90-2-2s0.90-2,2-2 C33.06,25.05,33.95,25.94,33.95,27.05" />
      <path d="M35.95,37.05c-1.20-0.01-2.38-0.31-3.45-0.86c-0.49-0.25-0.69-0.85-0.45-1.34 s0.85-0.69,1.34-0.45c1.59,0.86,3.51,0.86,5.11,0c0.49-0.25,1.09-0.05,1.34,0.45 s0.05,1.09-0.45,1.34C38.33,36.74,37.15,37.04,35.95,37.05z" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M26,36.58c-4,0-4-6-4-13 s4-14,14-14s14,7,14,14s0,13-4,13" />
      <path fill="none" stroke="#000" stroke-linejoin="round" stroke-width="2" d="M24.94,28.58c0,9,4.94,14,11,14 c5.94,0,11.06-5,11.06-14c0.02-1.72-0.32-3.42-1-5c-3-3-7-8-7-8c-4,3-7,6-13,7.00 C26,22.58,24.94,23.58,24.94,28.58z" />
    </Pictogram>
  )
}

/** A phone. */
export function Phone() {
  return (
    <Pictogram>
      <path fill="#9B9B9A" d="M52.5,64.76h-33c-0.55,0-1-0.45-1-1v-56c0-0.55,0.45-1,1-1h33c0.55,0,1,0.45,1,1v56 C53.5,64.32,53.05,64.76,52.5,64.76z" />
      <path fill="#D0CFCE" d="M48.03,55H23.97C23.43,55,23,54.57,23,54.03V13.97C23,13.43,23.43,13,23.97,13h24.07 C48.57,13,49,13.43,49,13.97v40.07C49,54.57,48.57,55,48.03,55z" />
      <polygon fill="#fff" points="31,10 41,10 41,10 31,10" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M52.5,64.76h-33c-0.55,0-1-0.45-1-1v-56c0-0.55,0.45-1,1-1h33c0.55,0,1,0.45,1,1v56 C53.5,64.32,53.05,64.76,52.5,64.76z" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M48.03,55H23.97C23.43,55,23,54.57,23,54.03V13.97C23,13.43,23.43,13,23.97,13h24.07 C48.57,13,49,13.43,49,13.97v40.07C49,54.57,48.57,55,48.03,55z" />
      <circle cx="36" cy="60" r="2" fill="#000000" stroke="#000" />
      <polygon fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" points="31,10 41,10 41,10 31,10" />
    </Pictogram>
  )
}

/** A QR code. */
export function Square() {
  return (
    <Pictogram>
      <rect x="20" y="20" width="4" height="4" fill="#000" />
      <rect x="20" y="48" width="4" height="4" fill="#000" />
      <rect x="48" y="20" width="4" height="4" fill="#000" />
      <rect x="12" y="12" width="48" height="48" fill="#fff" stroke="#000" stroke-linejoin="round" stroke-width="2" />
      <rect x="20" y="20" width="4" height="4" fill="#3F3F3F" stroke="#000" stroke-linejoin="round" stroke-width="2" />
      <rect x="20" y="48" width="4" height="4" fill="#3F3F3F" stroke="#000" stroke-linejoin="round" stroke-width="2" />
      <rect x="48" y="20" width="4" height="4" fill="#3F3F3F" stroke="#000" stroke-linejoin="round" stroke-width="2" />
      <circle cx="18" cy="40" r="1" fill="#000" />
      <circle cx="16" cy="38" r="1" fill="#000" />
      <circle cx="20" cy="38" r="1" fill="#000" />
      <circle cx="34" cy="46" r="1" fill="#000" />
      <circle cx="40" cy="38" r="1" fill="#000" />
      <circle cx="40" cy="28" r="1" fill="#000" />
      <circle cx="32" cy="16" r="1" fill="#000" />
      <circle cx="46" cy="32" r="1" fill="#000" />
      <circle cx="52" cy="32" r="1" fill="#000" />
      <circle cx="52" cy="44" r="1" fill="#000" />
      <circle cx="54" cy="48" r="1" fill="#000" />
      <circle cx="56" cy="56" r="1" fill="#000" />
      <circle cx="32" cy="56" r="1" fill="#000" />
      <circle cx="44" cy="56" r="1" fill="#000" />
      <circle cx="46" cy="54" r="1" fill="#000" />
      <circle cx="44" cy="52" r="1" fill="#000" />
      <circle cx="16" cy="32" r="1" fill="#000" />
      <circle cx="40" cy="54" r="1" fill="#000" />
      <rect x="12" y="12" width="48" height="48" fill="none" stroke="#000" stroke-linejoin="round" stroke-width="2" />
      <rect x="16" y="16" width="12" height="12" fill="none" stroke="#000" stroke-linejoin="round" stroke-width="2" />
      <rect x="20" y="20" width="4" height="4" fill="none" stroke="#000" stroke-linejoin="round" stroke-width="2" />
      <rect x="16" y="44" width="12" height="12" fill="none" stroke="#000" stroke-linejoin="round" stroke-width="2" />
      <rect x="20" y="48" width="4" height="4" fill="none" stroke="#000" stroke-linejoin="round" stroke-width="2" />
      <rect x="44" y="16" width="12" height="12" fill="none" stroke="#000" stroke-linejoin="round" stroke-width="2" />
      <rect x="48" y="20" width="4" height="4" fill="none" stroke="#000" stroke-linejoin="round" stroke-width="2" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M18 36V34H26" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M20 34V32" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M24 34V40" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M24 38H26" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M38 32V30" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M56 34H54" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M42 42H44V40" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M28 32H30" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M34 32H40" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M38 16V20H36V28" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M36 26H32V28" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M36 20H32" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M36 22H34V18" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M28 36H36" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M30 36V40H28" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M34 36V38" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M32 44V42H38V48H42V46H50V56" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M36 40V44H42M46 40H42V48H44" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M48 34V38H50V42H48V46" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M50 38V36H52" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M52 50H48V52" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M32 52H34V54H36V50" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M56 32V38H54" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M44 36V34" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M56 42V44" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M54 52H56" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M40 22V24" />
    </Pictogram>
  )
}

/** The world: its languages. */
export function Globe() {
  return (
    <Pictogram>
      <circle cx="36" cy="36" r="28" fill="#92D3F5" />
      <circle cx="36" cy="36" r="28" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M36,8v56c-8.56,0-15.5-12.54-15.5-28S27.44,8,36,8c8.56,0,15.5,12.54,15.5,28S44.56,64,36,64" />
      <line x1="64" x2="8" y1="36" y2="36" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <line x1="60" x2="12" y1="22" y2="22" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <line x1="60" x2="12" y1="50" y2="50" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
    </Pictogram>
  )
}

/** A head that speaks. */
export function Speaks() {
  return (
    <Pictogram>
      <path fill="#D0CFCE" d="M58,60.89c0,0,0-3-1-7c-1.21-4.85-4-8-10-8c-5,0-15,0-22,0c-6,0-8.79,3.15-10,8c-1,4-1,7-1,7" />
      <path fill="#D0CFCE" d="M49,30.60c-1-3,3-3,2-5s-3-2.76-3-5c0-3-1-11-9-11c-12.00,0-15,7.34-15,12 c0,4.11,2.59,7.18,4,10c2,4,5.15,7.40,7,8.01c4.24,1.41,13,2.35,13-1.01c0-2,1-3.01,1-4l-3-2L49,30.60z" />
      <path fill="none" stroke="#000" stroke-linejoin="round" stroke-width="2" d="M49.27,31.21 c-0.10-0.80-0.74-2.11-0.62-3.10c0,0,3.91-0.71,2.36-2.73c-0.87-1.13-2.58-3.35-2.48-4.34 C49,16.60,47,9.60,38,9.60c-11,0-14,7-14,12c0,5.81,2.99,8,4,11c1.44,4.27,5,7,11,8c3.94,0.66,10,1,9.40-3 c-0.16-1.06,0.38-2.42,0.50-3.40l-2.85-1.38L49.27,31.21z" />
      <line x1="54" x2="56" y1="28.6" y2="26.6" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <line x1="56" x2="58" y1="31.5" y2="31.5" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <line x1="54" x2="56" y1="34" y2="36" fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="M58,59.89c0,0,0-2-1-6 c-1.21-4.85-6-8-12-8c-5,0-10,0-17,0c-6,0-11.79,3.15-13,8c-1,4-1,6-1,6" />
    </Pictogram>
  )
}

/** A telephone receiver. */
export function Receiver() {
  return (
    <Pictogram>
      <path fill="#d0cfce" d="m13.67,21.31c1.41,9.90,26.87,35.36,36.77,36.77,0,0,5.66,0,8.49-5.66l-9.19-9.19-3.54,3.54c-7.07-1.41-19.80-14.14-21.21-21.21l3.54-3.54-9.19-9.19c-5.66,2.83-5.66,8.49-5.66,8.49Z" />
      <path fill="#9b9b9a" d="m25,26l-9.08-8.96,2.08-2.73c0.36-0.48,1.06-0.54,1.50-0.13l8.25,7.69-2.75,4.12Z" />
      <polygon fill="#9b9b9a" points="54.9 55.9 46.5 47.6 49.7 44.3 58.2 52.8 54.9 55.9" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="m13.67,21.31c1.41,9.90,26.87,35.36,36.77,36.77,0,0,5.66,0,8.49-5.66l-9.19-9.19-3.54,3.54c-7.07-1.41-19.80-14.14-21.21-21.21l3.54-3.54-9.19-9.19c-5.66,2.83-5.66,8.49-5.66,8.49Z" />
      <path fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="2" d="m13.67,21.31c1.41,9.90,26.87,35.36,36.77,36.77,0,0,5.66,0,8.49-5.66l-9.19-9.19-3.54,3.54c-7.07-1.41-19.80-14.14-21.21-21.21l3.54-3.54-9.19-9.19c-5.66,2.83-5.66,8.49-5.66,8.49Z" />
    </Pictogram>
  )
}
