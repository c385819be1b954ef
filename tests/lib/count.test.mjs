// What tests/run counts is what ran: count.mjs over results as the runners write them.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { junit, tap, total } from './count.mjs';

const ctest = (status, output) => `<testsuite><testcase name="test_buf" classname="test_buf" time="0.1" status="${status}">` +
  `${status === 'fail' ? '<failure message="Failed"/>' : ''}<system-out>${output}</system-out></testcase></testsuite>`;
const brief = ({ passed, failed, skipped }) => ({ passed, failed, skipped });

test('each cmocka test counts by itself', () => {
  const good = '[==========] tests: Running 2 test(s).\n[ RUN      ] a\n[       OK ] a\n[ RUN      ] b\n[       OK ] b\n[  PASSED  ] 2 test(s).\n';
  assert.deepEqual(brief(junit(ctest('run', good))), { passed: 2, failed: 0, skipped: 0 });
  const bad = '[ RUN      ] a\n[       OK ] a\n[ RUN      ] b\nb.c:3: error: Failure!\n\n[  FAILED  ] b\n[==========] 2 test(s) run.\n' +
    '[  PASSED  ] 1 test(s).\n[  FAILED  ] tests: 1 test(s), listed below:\n[  FAILED  ] b\n\n 1 FAILED TEST(S)\n';
  const found = junit(ctest('fail', bad));
  assert.deepEqual(brief(found), { passed: 1, failed: 1, skipped: 0 });
  assert.match(found.failures[0].detail, /Failure!/);
});

test('a program that dies half-way is a failure', () => {
  assert.deepEqual(brief(junit(ctest('fail', '[ RUN      ] a\n[       OK ] a\n[ RUN      ] b\nSegmentation fault'))), { passed: 1, failed: 1, skipped: 0 });
  assert.deepEqual(brief(junit(ctest('fail', ''))), { passed: 0, failed: 1, skipped: 0 });
});

test('results of node count once, in whatever depth', () => {
  const xml = `<testsuites><testsuite name="a &gt; b"><testcase name="x" time="1" classname="test"/>
    <testcase name="y" classname="test"><failure type="t" message="m &gt; 1">[Error: it broke]</failure></testcase>
    <testcase name="z" classname="test"><skipped type="skipped" message="true"/></testcase></testsuite></testsuites>`;
  assert.deepEqual(brief(junit(xml)), { passed: 1, failed: 1, skipped: 1 });
  assert.match(junit(xml).failures[0].detail, /it broke/);
});

test('lines of TAP', () => {
  assert.deepEqual(brief(tap('ok - a\nnot ok - b\nok 3 - c # SKIP no\n# ok\n')), { passed: 1, failed: 1, skipped: 1 });
});

test('a group that ends badly or runs nothing has failed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ouderbrug-count-'));
  try {
    assert.equal(total(folder, 0).failed, 1);
    writeFileSync(join(folder, 'a.tap'), 'ok - a\n');
    assert.deepEqual(brief(total(folder, 0)), { passed: 1, failed: 0, skipped: 0 });
    assert.deepEqual(brief(total(folder, 1)), { passed: 1, failed: 1, skipped: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
