import { resourceAttribute } from './resource-names';
import { objectOf, Template } from './template';
import { FromOtherStack, TemplateValues } from './template-values';
import { uniqueNames } from './unique-names';
import { equalText, Text } from '../text/text';
import { and, Truth } from '../text/truth';

/** A value, the template whose functions it calls, and the account and Region in which others can read it. */
interface Place {
  readonly template: Template;
  readonly value: unknown;
  readonly account: Text;
  readonly region: Text;
  readonly condition?: string;
}

/** The values of templates that are deployed together: what one exports, another imports. */
export class AppValues {
  private readonly values = new Map<Template, TemplateValues>();
  private readonly texts = new Map<string | Place, Text | undefined>();
  private readonly exports = new Map<Text, Place[]>();
  private readonly outputs = new Map<string, Place[]>();
  private readonly writers = new Map<string, Place[]>();
  private readonly nested = new Map<Template, Map<string, Template>>();

  constructor(public readonly templates: readonly Template[]) {
    const names = uniqueNames(templates);
    for (const template of templates) {
      this.values.set(template, new TemplateValues(template,
        (logicalId, attribute, values, depth) => this.attribute(template, logicalId, attribute, values, depth),
        (source, depth) => this.elsewhere(template, source, depth),
        names.get(template)));
      if (template.nestedIn) {
        const { template: around, logicalId } = template.nestedIn;
        this.nested.set(around, (this.nested.get(around) ?? new Map<string, Template>()).set(logicalId, template));
      }
    }
    // First what is named in plain text: the name of an export can be made of what another template says.
    templates.forEach((template) => this.publish(template));
    templates.forEach((template) => this.export(template));
  }

  public of(template: Template): TemplateValues {
    return this.values.get(template)!;
  }

  /** The template of the nested stack that a resource deploys; nothing where it is not there. */
  public nestedTemplate(template: Template, logicalId: string): Template | undefined {
    return this.nested.get(template)?.get(logicalId);
  }

  private publish(template: Template): void {
    const { account, region } = template.deployment;
    for (const [name, { value, condition }] of template.outputs) {
      add(this.outputs, `${template.stackName}\n${name}`, { template, value, account, region, ...condition === undefined ? {} : { condition } });
    }
  }

  private export(template: Template): void {
    const { account, region } = template.deployment;
    for (const { value, exportName, condition } of template.outputs.values()) {
      if (exportName !== undefined) {
        add(this.exports, this.of(template).text(exportName), { template, value, account, region, ...condition === undefined ? {} : { condition } });
      }
    }
    for (const { type, properties, condition } of template.resources.values()) {
      if (type === 'Custom::CrossRegionExportWriter') {
        const props = objectOf(objectOf(properties).WriterProps);
        const place = { template, account, region: this.of(template).text(props.region), ...condition === undefined ? {} : { condition } };
        Object.entries(objectOf(props.exports)).forEach(([name, value]) => add(this.writers, name, { ...place, value }));
      }
    }
  }

  private attribute(template: Template, logicalId: string, attribute: string | undefined, values: TemplateValues, depth: number): Text | undefined {
    const resource = template.resources.get(logicalId)!;
    return this.once(`${values.name}\n${logicalId}\n${attribute ?? ''}`, () => {
      if (resource.type === 'AWS::CloudFormation::Stack' && attribute?.startsWith('Outputs.')) {
        const nested = this.nestedTemplate(template, logicalId);
        return nested && this.output(nested, attribute.slice('Outputs.'.length), depth);
      }
      if (resource.type === 'Custom::CrossRegionExportReader' && attribute !== undefined) {
        return this.only(this.writers.get(attribute), template.deployment, depth);
      }
      return resourceAttribute(logicalId, resource, attribute, values, depth);
    });
  }

  private elsewhere(template: Template, source: FromOtherStack, depth: number): Text | undefined {
    if ('parameter' in source) {
      return this.given(template, source.parameter, depth);
    }
    return 'exportName' in source ? this.only(this.exports.get(source.exportName), template.deployment, depth)
      : this.only(this.outputs.get(`${source.stackName}\n${source.output}`), source, depth);
  }

  /** What the stack around a nested one gives for a parameter. */
  private given(template: Template, parameter: string, depth: number): Text | undefined {
    const around = template.nestedIn && this.values.get(template.nestedIn.template);
    const resource = around?.template.resources.get(template.nestedIn!.logicalId);
    const value = objectOf(objectOf(resource?.properties).Parameters)[parameter];
    return around && value !== undefined ? this.once(`${this.of(template).name}\n\n${parameter}`, () => around.text(value, depth)) : undefined;
  }

  private output(template: Template, name: string, depth: number): Text | undefined {
    const place = this.outputs.get(`${template.stackName}\n${name}`)?.find((one) => one.template === template);
    return place && this.once(place, () => this.of(template).text(place.value, depth));
  }

  /** Nobody knows which is meant where two could be; one that surely is of the account and Region is meant before those that may be. */
  private only(places: readonly Place[] = [], from: { readonly account: Text; readonly region: Text }, depth: number): Text | undefined {
    const found = (wanted: Truth) => places.filter((place) => this.isAt(place, from) === wanted);
    const sure = found(true);
    const [place, ...others] = sure.length > 0 ? sure : found('unknown');
    return place && others.length === 0 ? this.once(place, () => this.of(place.template).text(place.value, depth)) : undefined;
  }

  private isAt(place: Place, { account, region }: { readonly account: Text; readonly region: Text }): Truth {
    const there = place.condition === undefined ? true : this.of(place.template).condition(place.condition);
    return and(and(equalText(place.account, account), equalText(place.region, region)), there);
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
