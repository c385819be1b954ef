// scenario/lib/shapes.mjs: whether what the server says is what it says that it says.
//
// The client (client.mjs) checks every item of every frame against the document that the program makes of itself
// (`ouderbrug doc asyncapi`): so whatever any scenario makes the server say is checked. Stricter than JSON Schema asks:
// a member that the document does not name is a fault too.
import { execFileSync } from 'node:child_process';
import { program } from './server.mjs';

let asyncapi;

/** The document, parsed. */
export function document() {
  asyncapi ??= JSON.parse(execFileSync(program, ['doc', 'asyncapi'], { encoding: 'utf8', maxBuffer: 64 << 20 }));
  return asyncapi;
}

/** Every command of the table: { name, answer, cost, fields: { name: schema }, required: [name] } without do and ref. */
export function commands() {
  return Object.entries(document().components.messages).filter(([key]) => key.startsWith('do_')).map(([, message]) => {
    const { do: _, ref: __, ...fields } = message.payload.properties;
    return {
      name: message.name, answer: message['x-answer'], cost: message['x-cost'], record: message['x-record'], fields,
      required: message.payload.required.filter((field) => field !== 'do' && field !== 'ref'),
    };
  });
}

const isOfType = {
  integer: Number.isSafeInteger,
  string: (value) => typeof value === 'string' && value.isWellFormed(),
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** The faults of a value by a schema: a list of sentences, empty where it fits. */
export function faults(schema, value, at = '') {
  if (schema.$ref) {
    const { $ref, ...beside } = schema;
    return faults({ ...$ref.slice(2).split('/').reduce((here, key) => here[key], document()), ...beside }, value, at);
  }
  if (schema.oneOf) {
    const tried = schema.oneOf.map((one) => faults(one, value, at));
    const fits = tried.filter((found) => found.length === 0).length;
    return fits === 1 ? [] : [`${at || 'it'} fits ${fits} of the kinds it can be`];
  }
  if ('const' in schema) return value === schema.const ? [] : [`${at} is not ${schema.const}`];
  if (!isOfType[schema.type]) return [`${at}: the document has the type ${schema.type}`];
  if (!isOfType[schema.type](value)) return [`${at} is no ${schema.type}: ${JSON.stringify(value)}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is none of its words: ${value}`];
  if (schema.minimum !== undefined && value < schema.minimum) return [`${at} is below ${schema.minimum}: ${value}`];
  if (schema.maximum !== undefined && value > schema.maximum) return [`${at} is above ${schema.maximum}: ${value}`];
  if (schema.type === 'array') return schema.items ? value.flatMap((item, i) => faults(schema.items, item, `${at}[${i}]`)) : [];
  if (schema.type !== 'object' || !schema.properties) return [];
  return [
    ...(schema.required ?? []).filter((key) => !(key in value)).map((key) => `${at}.${key} is missing`),
    ...Object.entries(value).flatMap(([key, item]) => (key in schema.properties
      ? faults(schema.properties[key], item, `${at}.${key}`) : [`${at}.${key} is not in the document`])),
  ];
}

/** What is wrong with an item of a frame. command: what was asked, where the item is its answer. */
export function itemFaults(item, command) {
  const found = faults({ type: 'array', ...document().components.messages.frame.payload }, [item]);
  if (found.length > 0 || !item.ok || !command) return found;
  const known = commands().find(({ name }) => name === command);
  return known ? faults({ $ref: known.answer }, item.ok, command) : found;
}
