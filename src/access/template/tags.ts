import { objectOf } from './template';
import { TemplateValues } from './template-values';
import { literalText, Text, unknownText } from '../text/text';

/** The tags of a resource by their keys in lower case; what a tag is that may not be there, is unknown. */
export function readTags(tags: unknown, values: TemplateValues, logicalId: string): ReadonlyMap<string, Text> {
  const read = new Map<string, Text>();
  for (const { value, sure } of values.items(tags)) {
    const { Key, Value } = objectOf(value);
    if (typeof Key === 'string') {
      const tag = Key.toLowerCase();
      read.set(tag, sure && !read.has(tag) ? values.text(Value) : unknownText(`${values.name}/${logicalId} tag ${literalText(Key)}`));
    }
  }
  return read;
}
