// The project's own rules over the tree, and each rule over files that it must find. Run by `tests/run lint`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { RULES, bare } from './rules.mjs';

const top = resolve(import.meta.dirname, '../..');
// What git knows or would add, so neither builds nor downloads; a tree without git is read as it lies.
const names = execFileSync('git', ['-c', 'safe.directory=*', '-C', top, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 64 << 20 })
  .split('\0').filter(Boolean);
const tree = [...new Set(names)].flatMap((path) => {
  const stat = statSync(join(top, path), { throwIfNoEntry: false });
  if (!stat?.isFile()) return [];
  return [{ path, text: readFileSync(join(top, path), 'utf8'), executable: (stat.mode & 0o100) !== 0 }];
});

const file = (path, text = '', more = {}) => ({ path, text, ...more });
const bad = {
  'a layer of bridge/ includes only what lies below it': [
    [file('bridge/base/buf.c', '#include "store/store.h"\n')],
    [file('bridge/live/hub.c', '#include "chat/thread.h"\n')],
    [file('bridge/chat/thread.c', '#include "live/hub.h"\n')],
    [file('bridge/text/fold.c', '#include "store/store.h"\n')],
    [file('bridge/misc/a.c', '')],
  ],
  'a library is known to one room only': [
    [file('bridge/cmd/send.c', '#include <jansson.h>\n')],
    [file('bridge/chat/a.c', '#include <sqlite3.h>\n')],
    [file('bridge/main.c', '# include <libwebsockets.h>\n')],
    [file('bridge/chat/a.c', '#include <unicode/ubrk.h>\n')],
    [file('bridge/chat/a.c', '#include <csv.h>\n')],
    [file('bridge/cli/a.c', '#include <expat.h>\n')],
  ],
  'SQL stands in bridge/store/sql': [
    [file('bridge/chat/a.c', 'const char *q = "SELECT id FROM message";\n')],
    [file('bridge/store/a.c', 'x("INSERT OR IGNORE INTO a VALUES (1)");\n')],
  ],
  'no banned function is called': [
    [file('bridge/cmd/a.c', 'void f(char *a, char *b) { strcpy(a, b); }\n')],
    [file('tests/unit/test_a.c', 'int n = atoi (s);\n')],
  ],
  'CSS knows no left and right': [
    [file('web/src/a.css', '.a { margin-left: 4px; }\n')],
    [file('web/src/a.css', '.a {\n  text-align: right;\n}\n')],
    [file('web/src/a.css', '.a { color: red; left: 0 }\n')],
    [file('web/src/a.css', '.a { border-top-left-radius: 4px; }\n')],
    [file('web/src/a.tsx', 'const style = { paddingLeft: 4 };\n')],
  ],
  'no text for people stands in the code of the app': [
    [file('web/src/A.tsx', 'const a = <p>Dag ouder</p>;\n')],
    [file('web/src/A.tsx', 'const a = <button class="b" onClick={go}>\n  Verstuur\n</button>;\n')],
    [file('web/src/A.tsx', 'const a = <img alt="Een brug" />;\n')],
    [file('web/src/A.tsx', "const a = <input placeholder={'Zoek'} />;\n")],
    [file('web/src/A.tsx', 'const a = <p>سلام</p>;\n')],
  ],
  'a text of a person never becomes markup': [[file('web/src/a.ts', 'node.innerHTML = body;\n')]],
  'TypeScript has no any and no enum': [
    [file('web/src/a.ts', 'let a: any;\n')],
    [file('web/src/a.ts', 'export enum Colour { red }\n')],
  ],
  'every folder says what it is for': [[file('bridge/chat/a.c')]],
  'the top level holds the plan and nothing else': [[file('scripts/a.sh')], [file('Makefile')]],
  'a file is UTF-8 text with a last newline and nothing at the end of its lines': [
    [file('bridge/a.c', 'int a;')],
    [file('bridge/a.c', 'int a; \n')],
    [file('bridge/a.c', '\tint a;\n')],
    [file('web/a.ts', 'a\r\n')],
  ],
  'no invisible direction marks in the source': [[file('web/a.ts', "const a = '\u202e';\n")]],
  'no path of one machine and no leftover': [
    [file('config/a.sh', 'cd /home/someone/ouderbrug\n')],
    [file('bridge/a.c', '/* FIXME later */\n')],
  ],
  'a header opens with what it is for': [[file('bridge/chat/a.h', '#pragma once\n')]],
  'what is shipped stands in NOTICE': [[file('NOTICE', 'preact'), file('web/package.json', '{"dependencies":{"preact":"1","left-pad":"1"}}')]],
  'who may is asked in one place': [
    [file('bridge/cmd/send.c', 'int f(void) { return member_now(tx, args->thread, call->viewer.person, &me); }\n')],
    [file('bridge/cmd/http_a.c', 'int f(void) { return session_viewer(tx, &token, &viewer); }\n')],
  ],
  'commands that people run can be run': [[file('config/run', '', { executable: false })]],
};
const good = {
  'a layer of bridge/ includes only what lies below it': [[file('bridge/cmd/a.c', '#include "chat/thread.h"\n#include "cmd/b.h"\n#include <stdio.h>\n')]],
  'a library is known to one room only': [[file('bridge/net/a.c', '#include <libwebsockets.h>\n/* #include <sqlite3.h> */\n')]],
  'CSS knows no left and right': [[file('web/src/a.css', '.a { margin-inline-start: 4px; text-align: start; inset-inline-end: 0; inline-size: 3px }\n@media (min-width: 900px) { .a { block-size: 2px } }\n')]],
  'no text for people stands in the code of the app': [[file('web/src/A.tsx', '/** <p>Dag</p> */\nconst a = <p title={t("x")}>{t("y")} · </p>; const b = (x: Signal<number>) => x > 1 && y < 2;\n')]],
  'who may is asked in one place': [[file('bridge/cmd/bring.c', 'int f(void) { return member_now(tx, args->thread, args->person, &them); }\n')]],
  'no banned function is called': [[file('bridge/a.c', '/* strcpy(a) */ x.system(1); const char *s = "atoi(";\n')]],
  'every folder says what it is for': [[file('bridge/README.md', 'store/ keeps'), file('bridge/store/a.c')]],
};

describe('the tree', () => {
  for (const [name, { find }] of Object.entries(RULES)) {
    test(name, () => {
      const found = find(tree);
      assert.equal(found.length, 0, `${found.length} found\n${found.slice(0, 40).join('\n')}`);
    });
  }
});

describe('each rule finds what it is there for', () => {
  for (const [name, { find }] of Object.entries(RULES)) {
    test(name, () => {
      assert.ok(bad[name]?.length, 'has no bad example');
      for (const files of bad[name]) assert.notEqual(find(files).length, 0, JSON.stringify(files));
      for (const files of good[name] ?? []) assert.deepEqual(find(files), []);
    });
  }

  test('comments and strings are blanked without moving a line', () => {
    assert.equal(bare('a /* b\nc */ d // e\nf "g"', { strings: true }), 'a     \n     d     \nf    ');
  });
});
