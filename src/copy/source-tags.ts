import { Aspects, IAspect, RemoveTag, Stack, Tag } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Tags with what `Tags.of` says of another stack, whenever it says so. */
export class SourceTags implements IAspect {
  constructor(private readonly source: Stack) {}

  public visit(construct: IConstruct): void {
    Aspects.of(this.source).all.filter((aspect) => aspect instanceof Tag || aspect instanceof RemoveTag).forEach((aspect) => aspect.visit(construct));
  }
}
