import { intrinsicOf, IntrinsicCall, isNoValue } from './intrinsic-call';
import { objectOf } from './template';
import { isList } from './template-parameter';
import { Item, TemplateValues } from './template-values';
import { isKnown, literalText, splitText, Text } from '../text/text';

/** Deeper than any value that people write. */
const DEEPEST = 100;
const WHOLLY_UNKNOWN = /^\uE000[^\uE001]*\uE001$/;

/** What a function makes of its arguments; nothing where only the deployment tells it. */
export function callText({ name, argument }: IntrinsicCall, values: TemplateValues, depth: number): Text | undefined {
  switch (name) {
    case 'Fn::Base64': return base64(values.text(argument, depth));
    case 'Fn::FindInMap': return textOf(findInMap(argument, values, depth), values, depth);
    case 'Fn::Join': return join(argument, values, depth);
    case 'Fn::Length': return count(values.elements(argument, depth));
    case 'Fn::Select': return select(argument, values, depth);
    case 'Fn::Sub': return substitute(argument, values, depth);
    case 'Fn::ToJsonString': return jsonText(argument, values, depth);
    default: return undefined;
  }
}

/** The list that a function makes; nothing where it makes none, or where only the deployment tells it. */
export function listOf({ name, argument }: IntrinsicCall, values: TemplateValues, depth: number): Item[] | undefined {
  if (name === 'Fn::FindInMap') {
    const found = findInMap(argument, values, depth);
    return Array.isArray(found) || intrinsicOf(found) ? values.elements(found, depth) : undefined;
  }
  if (name === 'Fn::Split' && Array.isArray(argument) && argument.length === 2) {
    const [separator, text] = argument.map((part) => values.text(part, depth));
    return isKnown(separator) && separator !== '' ? itemsOf(splitText(text, separator)) : undefined;
  }
  const parameter = name === 'Ref' && typeof argument === 'string' ? values.template.parameters.get(argument) : undefined;
  return parameter && isList(parameter) ? itemsOf(splitText(values.text({ Ref: argument }, depth), ',')?.map((part) => part.trim())) : undefined;
}

function itemsOf(texts: readonly Text[] | undefined): Item[] | undefined {
  return texts?.map((text) => ({ value: undefined, sure: true, text }));
}

function base64(text: Text): Text | undefined {
  return isKnown(text) ? Buffer.from(text).toString('base64') : undefined;
}

function count(items: readonly Item[] | undefined): Text | undefined {
  return items?.every(({ sure }) => sure) ? String(items.length) : undefined;
}

function join(argument: unknown, values: TemplateValues, depth: number): Text | undefined {
  const [separator, list] = Array.isArray(argument) && argument.length === 2 ? argument as unknown[] : [];
  const items = values.elements(list, depth);
  return separator !== undefined && items?.every(({ sure }) => sure)
    ? items.map((item) => values.itemText(item, depth)).join(values.text(separator, depth)) : undefined;
}

function select(argument: unknown, values: TemplateValues, depth: number): Text | undefined {
  const [index, list] = Array.isArray(argument) ? argument as unknown[] : [];
  const items = values.elements(list, depth);
  const item = items?.every(({ sure }) => sure) ? items[Number(values.text(index, depth))] : undefined;
  return item && values.itemText(item, depth);
}

function substitute(argument: unknown, values: TemplateValues, depth: number): Text | undefined {
  const [text, given] = Array.isArray(argument) ? argument as unknown[] : [argument];
  const variables = objectOf(given);
  return typeof text !== 'string' ? undefined : literalText(text).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
    if (literal) {
      return `\${${name}}`;
    }
    const key = name.trim();
    return values.text(Object.hasOwn(variables, key) ? variables[key] : key.includes('.') ? { 'Fn::GetAtt': key } : { Ref: key }, depth);
  });
}

/** What stands in the mappings, or the default where they lack it. */
function findInMap(argument: unknown, values: TemplateValues, depth: number): unknown {
  const [map, first, second, options] = Array.isArray(argument) ? argument as unknown[] : [];
  const path = [map, first, second].map((part) => values.text(part, depth));
  let found: unknown = path.every(isKnown) ? values.template.mappings : undefined;
  for (const name of path) {
    found = objectOf(found)[name];
  }
  return found ?? (path.every(isKnown) ? objectOf(options).DefaultValue : undefined);
}

function textOf(value: unknown, values: TemplateValues, depth: number): Text | undefined {
  return value === undefined || Array.isArray(value) ? undefined : values.text(value, depth);
}

/** JSON in which each function has its text; a part of which nothing is known has no quotes, because it may be no string. */
function jsonText(value: unknown, values: TemplateValues, depth: number): Text | undefined {
  if (depth > DEEPEST || value === undefined) {
    return undefined;
  }
  if (value === null || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  const call = intrinsicOf(value);
  const elements = Array.isArray(value) || call ? values.elements(value, depth) : undefined;
  if (elements) {
    const parts = elements.map(({ value: part, sure, text }) =>
      !sure ? undefined : text === undefined ? jsonText(part, values, depth + 1) : JSON.stringify(text));
    return parts.includes(undefined) ? undefined : `[${parts.join()}]`;
  }
  if (call || typeof value === 'string') {
    const text = values.text(value, depth);
    return WHOLLY_UNKNOWN.test(text) ? text : JSON.stringify(text);
  }
  const parts = Object.entries(value as object).filter(([, part]) => !isNoValue(part)).map(([name, part]) => {
    const text = jsonText(part, values, depth + 1);
    return text === undefined ? undefined : `${JSON.stringify(literalText(name))}:${text}`;
  });
  return parts.includes(undefined) ? undefined : `{${parts.join()}}`;
}
