import type { ConsentKind } from '../wire/protocol.ts'
import { BookOpen, Bot, Handshake, Languages, Message, Mic, Smile } from './icons.tsx'

/** The picture of what a family is asked to agree to: the same in the question, in the list, and at the school. */
export function ConsentPicture({ kind }: { kind: ConsentKind }) {
  switch (kind) {
    case 'earlier':
      return <BookOpen />
    case 'machine':
      return <Bot />
    case 'voice':
      return <Mic />
    case 'move_people':
      return <Languages />
    case 'move_conversation':
      return <Message />
    case 'move_answers':
      return <Smile />
    default:
      return <Handshake />
  }
}
