// lint/rules.mjs: the project's own rules, each a function over the files that are in the tree.
//
// RULES.name = { why, find(files) }: find gives a sentence for every place that breaks the rule, "path:line: what".
// A file is { path, text }, path from the top folder. lint.test.mjs runs each over the real tree, and also over a
// few bad files that it must find: a rule that can find nothing is no rule.

export const layers = { base: 0, conf: 1, qr: 1, secret: 1, otp: 1, work: 1, fetch: 1, child: 1, text: 1, store: 1, proto: 2, media: 2, chat: 3, live: 3, oidc: 3, speech: 3, translate: 3, cmd: 4, net: 5, cli: 6, main: 7 };

// Which folders may know which library.
export const fences = [
  [/^libwebsockets\.h$/, ['bridge/net/']],
  [/^ev\.h$/, ['bridge/net/']],
  [/^sqlite3\.h$/, ['bridge/store/']],
  [/^unicode\//, ['bridge/text/']],
  [/^jansson\.h$/, ['bridge/proto/']],
  [/^sodium(\/|\.h)/, ['bridge/secret/']],
  [/^liboath\//, ['bridge/otp/']],
  [/^qrencode\.h$/, ['bridge/qr/']],
  [/^curl\//, ['bridge/fetch/']],
  [/^cjose\//, ['bridge/oidc/']],
  [/^seccomp\.h$/, ['bridge/child/']],
  [/^ini\.h$/, ['bridge/conf/']],
  [/^(csv|expat)\.h$/, ['bridge/chat/roster/']],
  [/^(archive|archive_entry)\.h$/, ['bridge/chat/roster/', 'bridge/chat/export/']],
  [/^(uthash|utlist|utarray|utstring)\.h$/, ['bridge/live/']],
];

export const banned = ['strcpy', 'strcat', 'strncpy', 'strncat', 'stpcpy', 'sprintf', 'vsprintf', 'gets', 'strtok', 'atoi', 'atol', 'atoll',
  'atof', 'localtime', 'gmtime', 'ctime', 'asctime', 'rand', 'srand', 'tmpnam', 'mktemp', 'system', 'alloca'];

const topLevel = ['bridge', 'web', 'locales', 'tests', 'config', 'CMakeLists.txt', 'CMakePresets.json', 'README.md', 'LICENSE', 'NOTICE'];

const is = (...patterns) => ({ path }) => patterns.some((pattern) => pattern.test(path));
const cFiles = is(/^bridge\/.*\.[ch]$/);
const styles = is(/^web\/(?!dist\/).*\.css$/);
const components = is(/^web\/(?!dist\/).*\.tsx$/);
const scripts = is(/^web\/src\/(?!.*\.test\.).*\.tsx?$/);
const ours = ({ path }) => !/(^|\/)(package-lock\.json|LICENSE)$|^tests\/fuzz\/seeds\//.test(path) && !/\.(png|webp|woff2?|ico|gz|br|zip|jpg)$/.test(path);

/** Blanks comments and, where asked, strings, keeping every line where it is. */
export function bare(text, { strings = false } = {}) {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g, (piece) =>
    (piece.startsWith('/*') || piece.startsWith('//') || strings) ? piece.replace(/[^\n]/g, ' ') : piece);
}

const bareCss = (text) => text.replace(/\/\*[\s\S]*?\*\//g, (piece) => piece.replace(/[^\n]/g, ' '));

function* matches(file, text, pattern) {
  for (const match of text.matchAll(pattern)) {
    yield { match, at: `${file.path}:${text.slice(0, match.index).split('\n').length}` };
  }
}

const layerOf = (path) => /^bridge\/([^/.]+)[/.]/.exec(path)?.[1];

function* includes(file) {
  for (const { match, at } of matches(file, bare(file.text), /^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]/gm)) yield { header: match[1], at };
}

export const RULES = {
  'a layer of bridge/ includes only what lies below it': {
    why: 'The table in bridge/README.md. Two rooms of one height do not know each other.',
    find: (files) => files.filter(cFiles).flatMap((file) => {
      const own = layerOf(file.path);
      if (!(own in layers)) return [`${file.path}: the folder ${own} is not in the table of layers (tests/lint/rules.mjs)`];
      return [...includes(file)].flatMap(({ header, at }) => {
        const other = header.split('/')[0];
        if (!header.includes('/') || !(other in layers) || other === own || layers[other] < layers[own]) return [];
        return [`${at}: ${own} (layer ${layers[own]}) includes ${header} (layer ${layers[other]})`];
      });
    }),
  },

  'a library is known to one room only': {
    why: 'So that it can be changed for another, and its quirks stay in one place.',
    find: (files) => files.filter(cFiles).flatMap((file) => [...includes(file)].flatMap(({ header, at }) =>
      fences.filter(([pattern, rooms]) => pattern.test(header) && !rooms.some((room) => file.path.startsWith(room)))
        .map(([, rooms]) => `${at}: ${header} belongs to ${rooms.join(' and ')}`))),
  },

  'SQL stands in bridge/store/sql': {
    why: 'The schema and what is asked of it can be read and changed in one place.',
    find: (files) => files.filter(is(/^bridge\/.*\.[ch]$/)).flatMap((file) =>
      [...matches(file, bare(file.text), /"\s*(?:SELECT\s|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(?:UNIQUE\s+)?(?:TABLE|INDEX|TRIGGER|VIEW)\s|DROP\s+TABLE\s|ALTER\s+TABLE\s)/g)]
        .map(({ match, at }) => `${at}: SQL in C: ${match[0].trim()}…`)),
  },

  'no banned function is called': {
    why: 'bridge/base/banned.h bans them where it is included; this finds the files where it is not, and the tests of unit/ too.',
    find: (files) => files.filter(is(/^(bridge|tests)\/.*\.[ch]$/)).filter(({ path }) => path !== 'bridge/base/banned.h').flatMap((file) =>
      [...matches(file, bare(file.text, { strings: true }), new RegExp(`(?<![\\w.>])(${banned.join('|')})\\s*\\(`, 'g'))]
        .map(({ match, at }) => `${at}: ${match[1]}() is banned`)),
  },

  'CSS knows no left and right': {
    why: 'Half of the readers read from right to left: inline-start and inline-end mirror by themselves.',
    find: (files) => [
      ...files.filter(styles).flatMap((file) => [...matches(file, bareCss(file.text),
        /(?:^|[{;\s])((?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)(?:-[a-z]+)*|border-(?:top|bottom)-(?:left|right)-radius|left|right|top|bottom|(?:min-|max-)?(?:width|height)(?=\s*:)|overflow-[xy]|(?:text-align|float|clear)\s*:\s*(?:left|right)\b)\s*(?::|(?<=left|right))/g)]
        .filter(({ match, at }) => !inMediaQuery(file, match))
        .map(({ match, at }) => `${at}: ${match[1].trim()}; write the logical property`)),
      ...files.filter(components).flatMap((file) => [...matches(file, bare(file.text),
        /\b((?:margin|padding|border)(?:Left|Right)|textAlign:\s*['"](?:left|right))/g)]
        .map(({ match, at }) => `${at}: ${match[1]}; write the logical property`)),
    ],
  },

  'no text for people stands in the code of the app': {
    why: 'Everything a person reads is in locales/, so that a language more is a file more.',
    find: (files) => files.filter(components).flatMap((file) => {
      const text = bare(file.text);
      return [
        ...[...matches(file, text, /<(?:[a-z][\w-]*|[A-Z][\w.]*)?(?:\s[^<>]*?)?(?<![=-])>([^<>{}]*\p{L}{2,}[^<>{}]*)<\//gu)]
          .filter(({ match }) => !/[;=()]|=>|\breturn\b/.test(match[1]))
          .map(({ match, at }) => `${at}: text between tags: ${match[1].trim()}`),
        ...[...matches(file, text, /\b(?:aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt|label)=(?:"([^"]*\p{L}[^"]*)"|\{\s*['"`]([^'"`]*\p{L}[^'"`]*)['"`]\s*\})/gu)]
          .map(({ match, at }) => `${at}: text in an attribute: ${match[0]}`),
      ];
    }),
  },

  'a text of a person never becomes markup': {
    why: 'Every text of a user goes in by textContent; there is no need for these anywhere.',
    find: (files) => files.filter(scripts).flatMap((file) =>
      [...matches(file, bare(file.text), /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|eval\s*\(|new Function\s*\()/g)]
        .map(({ match, at }) => `${at}: ${match[1]}`)),
  },

  'TypeScript has no any and no enum': {
    why: 'The types of the wire are generated; what is any is unchecked.',
    find: (files) => files.filter(is(/^web\/(?!dist\/).*\.tsx?$/)).filter(({ path }) => !path.endsWith('.d.ts')).flatMap((file) =>
      [...matches(file, bare(file.text, { strings: true }), /(?::\s*any\b|\bas any\b|<any>|\bany\[\]|^\s*(?:export\s+)?(?:const\s+)?enum\s+\w+\s*\{|@ts-ignore|@ts-nocheck)/gm)]
        .map(({ match, at }) => `${at}: ${match[0].trim()}`)),
  },

  'every folder says what it is for': {
    why: 'A README.md opens each folder; one that holds nothing but its parent’s matter may be named in the parent’s.',
    find: (files) => {
      const folders = new Set(files.map(({ path }) => path.split('/').slice(0, -1)).flatMap((parts) =>
        parts.map((_, i) => parts.slice(0, i + 1).join('/'))));
      const readme = new Map(files.filter(is(/(^|\/)README\.md$/)).map((file) => [file.path.replace(/\/?README\.md$/, ''), file.text]));
      return [...folders].filter((folder) => !folder.startsWith('.')).sort().filter((folder) => {
        if (readme.has(folder)) return false;
        // A folder inside a folder may be spoken of by the README above it.
        const above = [...readme.keys()].filter((key) => key !== '' && folder.startsWith(`${key}/`)).sort((a, b) => b.length - a.length)[0];
        return above === undefined || !readme.get(above).includes(`${folder.slice(above.length + 1).split('/')[0]}/`);
      }).map((folder) => `${folder}/: has no README.md, and the one above does not name it`);
    },
  },

  'the top level holds the plan and nothing else': {
    why: 'Who comes new finds five folders.',
    find: (files) => [...new Set(files.map(({ path }) => path.split('/')[0]))]
      .filter((name) => !name.startsWith('.') && !topLevel.includes(name)).map((name) => `${name}: not in the plan`),
  },

  'a file is UTF-8 text with a last newline and nothing at the end of its lines': {
    why: 'Quiet differences.',
    find: (files) => files.filter(ours).filter(({ path }) => !/\.(csv|txt|svg)$/.test(path)).flatMap((file) => {
      const found = [];
      if (file.text.includes('\ufffd') && !file.text.includes('fffd')) found.push(`${file.path}: not UTF-8`);
      if (file.text !== '' && !file.text.endsWith('\n')) found.push(`${file.path}: no newline at the end`);
      if (file.text.includes('\r')) found.push(`${file.path}: carriage returns`);
      if (!file.path.endsWith('.md')) for (const { at } of matches(file, file.text, /[ \t]+$/gm)) found.push(`${at}: blanks at the end of the line`);
      if (/\.[ch]$/.test(file.path)) for (const { at } of matches(file, file.text, /^ *\t/gm)) found.push(`${at}: a tab`);
      return found;
    }),
  },

  'no invisible direction marks in the source': {
    why: 'They make code read otherwise than it runs; write \\u202e and the like.',
    find: (files) => files.filter(ours).filter(({ path }) => !/\.(csv|txt)$/.test(path) && !path.startsWith('locales/')).flatMap((file) =>
      [...matches(file, file.text, /[\u202a-\u202e\u2066-\u2069]/g)]
        .map(({ match, at }) => `${at}: U+${match[0].codePointAt(0).toString(16).toUpperCase()} stands in the file as itself`)),
  },

  'no path of one machine and no leftover': {
    why: 'It has to build anywhere.',
    find: (files) => files.filter(ours).filter(({ path }) => !path.startsWith('tests/lint/')).flatMap((file) => [
      ...[...matches(file, file.text, /(?<![\w.$}])\/(?:home|Users|work|root)\/[\w.-]+/g)].map(({ match, at }) => `${at}: ${match[0]}`),
      ...[...matches(file, file.text, /^(?:<{7}|>{7}) |\b(?:FIXME|XXX)\b/gm)].map(({ match, at }) => `${at}: ${match[0].trim()}`),
      ...(/\.(png|webp|woff2|jpg)$/.test(file.path) ? [] : file.text.length > 600_000 && !/\.csv$/.test(file.path) ? [`${file.path}: ${file.text.length} characters`] : []),
    ]),
  },

  'a header opens with what it is for': {
    why: 'The header is the manual: a comment first, then #pragma once.',
    find: (files) => files.filter(is(/^bridge\/.*\.h$/)).filter(({ text }) => !/^\/\*[\s\S]*?\*\/\s*#pragma once/.test(text))
      .map(({ path }) => `${path}: does not open with a comment and #pragma once`),
  },

  'what is shipped stands in NOTICE': {
    why: 'Every licence asks for it.',
    find: (files) => {
      const notice = files.find(({ path }) => path === 'NOTICE')?.text ?? '';
      return files.filter(is(/^web\/package\.json$/)).flatMap((file) => {
        const { dependencies = {}, devDependencies = {} } = JSON.parse(file.text);
        const fonts = Object.keys(devDependencies).filter((name) => name.startsWith('@fontsource/'));
        return [...Object.keys(dependencies), ...fonts].filter((name) => !notice.includes(name)
          && !notice.toLowerCase().includes(name.replace('@fontsource/', '').replaceAll('-', ' '))).map((name) => `${file.path}: ${name}`);
      });
    },
  },

  'who may is asked in one place': {
    why: 'bridge/proto/rights.def. A verb gets what chat/rights/rights.c found (call->me); an HTTP call asks rights_session().',
    find: (files) => files.filter(is(/^bridge\/cmd\/(?!dispatch\.c$).*\.c$/)).flatMap((file) =>
      [...matches(file, bare(file.text), /\b(session_viewer|member_sees)\s*\(|\bmember_now\s*\([^;]*viewer[.>-]+person/g)].map(({ match, at }) => `${at}: ${match[0]}`)),
  },

  'commands that people run can be run': {
    why: 'config/run, config/setup, tests/run and .ci/run have their run bit.',
    find: (files) => files.filter(({ path, executable }) => ['config/run', 'config/setup', 'tests/run', '.ci/run'].includes(path) && executable === false)
      .map(({ path }) => `${path}: has no run bit`),
  },
};

// width and height as a feature of a media query are physical by nature.
function inMediaQuery(file, match) {
  const text = bareCss(file.text);
  const line = text.slice(text.lastIndexOf('\n', match.index) + 1, text.indexOf('\n', match.index + match[0].length));
  return /@(media|container)/.test(line);
}
