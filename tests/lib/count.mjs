// lib/count.mjs FOLDER STATUS: what the results in a folder say, for tests/run.
//
// Reads *.xml (JUnit, of ctest and of node's test runner) and *.tap. Prints "PASSED FAILED SKIPPED" and then a paragraph for
// each failure. STATUS is how the group's script ended: a bad end without a failed test, and a group in which nothing ran,
// count as one failure.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const unescape = (text) => text.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
  .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
  .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');
const attribute = (tag, name) => unescape(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

// A cmocka program is one test to ctest and many to us: it prints a line for each.
function cmocka(output) {
  return {
    passed: (output.match(/^\[ +OK +\]/gm) ?? []).length,
    failed: [...new Set([...output.matchAll(/^\[ +FAILED +\] (\S+?)$/gm)].map((match) => match[1]))].filter((name) => /[a-z]/i.test(name)),
    skipped: (output.match(/^\[ +SKIPPED +\] \S+$/gm) ?? []).length,
  };
}

export function junit(text) {
  const sum = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const [, tag, body = ''] of text.matchAll(/<testcase\b((?:"[^"]*"|[^>"])*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)) {
    const name = attribute(tag, 'name');
    const output = unescape(/<system-out>([\s\S]*?)<\/system-out>/.exec(body)?.[1] ?? '');
    const bad = /<(failure|error)\b/.test(body) || attribute(tag, 'status') === 'fail';
    const inside = cmocka(output);
    if (inside.passed + inside.failed.length > 0) {
      sum.passed += inside.passed;
      sum.skipped += inside.skipped;
      sum.failed += inside.failed.length;
      for (const test of inside.failed) sum.failures.push({ name: `${name}: ${test}`, detail: around(output, test) });
      if (bad && inside.failed.length === 0) {
        sum.failed += 1;
        sum.failures.push({ name: `${name} broke off`, detail: output.slice(-3000) });
      }
    } else if (bad) {
      sum.failed += 1;
      const fault = /<(?:failure|error)\b((?:"[^"]*"|[^>"])*)>?([\s\S]*)/.exec(body);
      sum.failures.push({ name, detail: output || unescape(fault?.[2].replace(/<\/?(failure|error)>/g, '') ?? '').trim() || attribute(fault?.[1] ?? '', 'message') });
    } else if (/<skipped\b/.test(body)) sum.skipped += 1;
    else sum.passed += 1;
  }
  return sum;
}

function around(output, test) {
  const lines = output.split('\n');
  const at = lines.findIndex((line) => line.includes('FAILED') && line.includes(test));
  return lines.slice(Math.max(0, at - 12), at + 1).join('\n');
}

export function tap(text) {
  const sum = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const [, not, rest] of text.matchAll(/^(not )?ok\b(?: \d+)?(?: -)? ?(.*)$/gm)) {
    if (/# (skip|todo)/i.test(rest)) sum.skipped += 1;
    else if (not) {
      sum.failed += 1;
      sum.failures.push({ name: rest, detail: '' });
    } else sum.passed += 1;
  }
  return sum;
}

export function total(folder, status) {
  const sum = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const name of readdirSync(folder).sort()) {
    const read = name.endsWith('.xml') ? junit : name.endsWith('.tap') ? tap : null;
    if (!read) continue;
    const part = read(readFileSync(join(folder, name), 'utf8'));
    for (const key of ['passed', 'failed', 'skipped']) sum[key] += part[key];
    sum.failures.push(...part.failures);
  }
  if (sum.failed === 0 && (status !== 0 || sum.passed === 0)) {
    sum.failed = 1;
    sum.failures.push({ name: sum.passed === 0 ? 'nothing ran' : `the group ended with ${status}`, detail: tailOf(join(folder, 'log')) });
  }
  return sum;
}

// An error of node's runner says everything twice and where in node it was; once and without is enough.
function brief(detail) {
  const cause = /\n *cause: ([\s\S]*)/.exec(detail);
  return (cause ? cause[1] : detail).split('\n')
    .filter((line) => line.trim() !== '' && !/^ *at .*(node:|<anonymous>)|^ *(generatedMessage|code|failureType|operator|diff|actual|expected): |^ *[\]}]*$/.test(line));
}

function tailOf(path) {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-25).join('\n');
  } catch {
    return '';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, status = '0'] = process.argv.slice(2);
  const sum = total(folder, Number(status));
  console.log(sum.passed, sum.failed, sum.skipped);
  for (const { name, detail } of sum.failures.slice(0, 30)) {
    console.log(`  failed: ${name}`);
    const lines = (detail || (sum.failures.length < 4 ? tailOf(join(folder, 'log')) : ''));
    for (const line of brief(lines).slice(0, 40)) console.log(`      ${line.slice(0, 300)}`);
  }
  if (sum.failures.length > 30) console.log(`  and ${sum.failures.length - 30} more`);
}
