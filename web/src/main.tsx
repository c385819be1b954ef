import './style/tokens.css'
import './style/fonts.css'
import './style/base.css'
import './style/controls.css'
import './style/conversation.css'
import { render } from 'preact'
import { App } from './app/App.tsx'
import { chosenLanguage } from './app/language.ts'
import { LanguageList } from './app/LanguagePicker.tsx'
import { keepFresh } from './app/worker.ts'
import { speak } from './words/words.ts'

const root = document.getElementById('app')
if (root) void speak(chosenLanguage()).then(() => render(<><App /><LanguageList /></>, root))
keepFresh()
