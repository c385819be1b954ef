// measure/peer.mjs: the plain Node server that one would write first, to compare with: `ws` and SQLite, as durable as ours
// (WAL, synchronous=FULL), speaking as much of the protocol as the load client needs. No rights, no Unicode, no log.
//
//   node peer.mjs FOLDER PORT [group]
//
// Without `group` a message is inserted, committed, acknowledged and broadcast; with it, what came in one turn of the loop
// is one transaction.
import { DatabaseSync } from 'node:sqlite';
import { WebSocketServer } from 'ws';

const [folder, port, group] = process.argv.slice(2);
const db = new DatabaseSync(`${folder}/peer.db`);
db.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;
  CREATE TABLE message (id INTEGER PRIMARY KEY, thread INTEGER NOT NULL, seq INTEGER NOT NULL, sender INTEGER NOT NULL,
    client_id TEXT NOT NULL, sent INTEGER NOT NULL, language TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (thread, seq), UNIQUE (sender, client_id))`);
const insert = db.prepare('INSERT INTO message (thread, seq, sender, client_id, sent, language, body) VALUES (?, ?, ?, ?, ?, ?, ?)');
const begin = db.prepare('BEGIN IMMEDIATE');
const commit = db.prepare('COMMIT');

const log = '00000000-0000-4000-8000-000000000000';
const room = new Set();
let people = 0;
let last = 0;
let waiting = [];

const say = (socket, item) => socket.send(JSON.stringify([item]));

function store({ person, command: { thread, client_id, body } }) {
  const seq = last + 1;
  const sent = Date.now();
  const { lastInsertRowid } = insert.run(thread, seq, person, client_id, sent, 'nl', body);
  last = seq;
  return { seq, rev: Number(lastInsertRowid), sender: person, client_id, sent, language: 'nl', direction: 'ltr', body, versions: [] };
}

function tell({ socket, command: { ref, thread } }, message) {
  say(socket, { ref, ok: { seq: message.seq, rev: message.rev, sent: message.sent } });
  const event = JSON.stringify([{ event: 'message', id: message.rev, thread, message }]);
  for (const member of room) member.send(event);
}

function all() {
  const now = waiting;
  waiting = [];
  begin.run();
  const stored = now.map(store);
  commit.run();
  now.forEach((one, i) => tell(one, stored[i]));
}

function send(one) {
  if (!group) return tell(one, store(one));
  waiting.push(one);
  if (waiting.length === 1) setImmediate(all);
}

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(port), path: '/ws', perMessageDeflate: false, handleProtocols: () => 'ouderbrug.v1' });
server.on('connection', (socket, request) => {
  const person = ++people;
  const isInRoom = request.headers.cookie === 'room';
  socket.on('close', () => room.delete(socket));
  socket.on('message', (data) => {
    const command = JSON.parse(data);
    if (command.do === 'send') return send({ socket, person, command });
    if (command.do === 'hello') {
      if (isInRoom) room.add(socket);
      return say(socket, { ref: command.ref, ok: { mode: 'fresh', at: last, log, threads: [{ id: 1 }] } });
    }
    return say(socket, { ref: command.ref, ok: {} });
  });
});
server.on('listening', () => console.log(`listening on http://127.0.0.1:${port}`));
process.on('SIGTERM', () => process.exit(0));
