import { resourceAttribute } from './resource-names';
import { objectOf, Template } from './template';
import { FromOtherStack, TemplateValues } from './template-values';
import { equalText, Text } from '../text/text';

/** A value, and the template whose functions it calls. */
interface Place {
  readonly template: Template;
  readonly value: unknown;
}

/** The values of templates that are deployed together: what one exports, another imports. */
export class AppValues {
  private readonly values = new Map<Template, TemplateValues>();
  private readonly texts = new Map<string | Place, Text | undefined>();
  private readonly numbers = new Map<Template, number>();
  private readonly exports = new Map<Text, Place[]>();
  private readonly outputs = new Map<string, Place[]>();
  private readonly writers = new Map<string, Place[]>();
  private readonly nested = new Map<string, Template>();

  constructor(public readonly templates: readonly Template[]) {
    for (const template of templates) {
      this.numbers.set(template, this.numbers.size);
      this.values.set(template, new TemplateValues(template,
        (logicalId, attribute, values, depth) => this.attribute(template, logicalId, attribute, values, depth),
        (source, depth) => this.elsewhere(template, source, depth)));
      if (template.nestedIn) {
        this.nested.set(`${template.nestedIn.stackName}\n${template.nestedIn.logicalId}`, template);
      }
    }
    for (const template of templates) {
      this.publish(template);
    }
  }

  public of(template: Template): TemplateValues {
    return this.values.get(template)!;
  }

  private publish(template: Template): void {
    for (const [name, { value, exportName }] of template.outputs) {
      add(this.outputs, `${template.stackName}\n${name}`, { template, value });
      if (exportName !== undefined) {
        add(this.exports, this.of(template).text(exportName), { template, value });
      }
    }
    for (const { type, properties } of template.resources.values()) {
      if (type === 'Custom::CrossRegionExportWriter') {
        for (const [name, value] of Object.entries(objectOf(objectOf(objectOf(properties).WriterProps).exports))) {
          add(this.writers, name, { template, value });
        }
      }
    }
  }

  private attribute(template: Template, logicalId: string, attribute: string | undefined, values: TemplateValues, depth: number): Text | undefined {
    const resource = template.resources.get(logicalId)!;
    return this.once(`${this.numbers.get(template)}\n${logicalId}\n${attribute ?? ''}`, () => {
      if (resource.type === 'AWS::CloudFormation::Stack' && attribute?.startsWith('Outputs.')) {
        const nested = this.nested.get(`${template.stackName}\n${logicalId}`);
        return nested && this.output(nested, attribute.slice('Outputs.'.length), depth);
      }
      if (resource.type === 'Custom::CrossRegionExportReader' && attribute !== undefined) {
        return this.only(this.writers.get(attribute), depth);
      }
      return resourceAttribute(logicalId, resource, attribute, values, depth);
    });
  }

  private elsewhere(template: Template, source: FromOtherStack, depth: number): Text | undefined {
    if ('parameter' in source) {
      const around = template.nestedIn && this.templates.find(({ stackName }) => stackName === template.nestedIn!.stackName);
      const properties = around && objectOf(around.resources.get(template.nestedIn!.logicalId)?.properties);
      const given = objectOf(properties?.Parameters)[source.parameter];
      return around && given !== undefined
        ? this.once(`${this.numbers.get(template)}\n\nparameter ${source.parameter}`, () => this.of(around).text(given, depth)) : undefined;
    }
    const places = 'exportName' in source
      ? this.exports.get(source.exportName)?.filter((place) => sameRegion(place, template.deployment.region))
      : this.outputs.get(`${source.stackName}\n${source.output}`)?.filter((place) => sameRegion(place, source.region));
    return this.only(places, depth);
  }

  private output(template: Template, name: string, depth: number): Text | undefined {
    const output = template.outputs.get(name);
    return output && this.only([{ template, value: output.value }], depth);
  }

  /** Where two stacks would have published it, nobody knows which is meant. */
  private only(places: readonly Place[] = [], depth: number): Text | undefined {
    const [place] = places;
    return places.length === 1
      ? this.once(place, () => this.of(place.template).text(place.value, depth)) : undefined;
  }

  /** Looks at each text once, however often it is referred to; one that refers to itself stays unknown. */
  private once(key: string | Place, text: () => Text | undefined): Text | undefined {
    if (!this.texts.has(key)) {
      this.texts.set(key, undefined);
      this.texts.set(key, text());
    }
    return this.texts.get(key);
  }
}

function add(map: Map<string, Place[]>, name: string, place: Place): void {
  const places = map.get(name);
  if (places) {
    places.push(place);
  } else {
    map.set(name, [place]);
  }
}

function sameRegion({ template }: Place, region: Text): boolean {
  return equalText(template.deployment.region, region) !== false;
}
